// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.doctor;

import dev.sluice.drive.rest.ClusterOverview;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.reconcile.service.StandaloneAccess;
import dev.sluice.spec.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session cluster that somebody else looks after. */
public final class StandaloneChecks {
    private static final RestLimits PATIENCE =
            new RestLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);

    private final StandaloneAccess access;

    public StandaloneChecks(StandaloneAccess access) {
        this.access = access;
    }

    List<Check> of(String subject, Cluster.Standalone cluster) {
        List<Check> checks = new ArrayList<>();
        checks.add(state(subject, cluster));
        try {
            FlinkRest rest = new FlinkRest(access.access(cluster), PATIENCE);
            checks.addAll(ask(subject, cluster, rest));
        } catch (IOException e) {
            checks.add(Check.failed(
                    subject, e.getMessage(), "correct the entry, or put there what it names"));
        } catch (RestFailure e) {
            checks.add(Check.failed(
                    subject,
                    e.getMessage(),
                    e.kind() == RestFailure.Kind.DENIED
                            ? "correct user, password and certificates of the entry"
                            : "start the cluster, or correct 'url'"));
        }
        return checks;
    }

    private static List<Check> ask(String subject, Cluster.Standalone cluster, FlinkRest rest)
            throws RestFailure {
        ClusterOverview overview = rest.cluster();
        List<Check> checks = new ArrayList<>();
        if (!overview.isOf(cluster.version())) {
            checks.add(Check.wrong(
                    subject,
                    "it is Flink " + overview.version() + ", and its entry says \""
                            + cluster.version() + "\"",
                    "correct 'version', or 'url'"));
        }
        if (!rest.takesJars()) {
            checks.add(Check.failed(
                    subject, "it takes no jars", "set web.submit.enable to true there"));
        }
        checks.add(
                overview.freeSlots() > 0
                        ? Check.ok(
                                subject,
                                "Flink " + overview.version() + " answers, " + overview.freeSlots()
                                        + " of " + overview.slots() + " slots are free")
                        : Check.warning(
                                subject,
                                "Flink " + overview.version() + " answers, none of its "
                                        + overview.slots() + " slots is free",
                                "start TaskManagers there"));
        return checks;
    }

    private static Check state(String subject, Cluster.Standalone cluster) {
        try {
            Path folder = StandaloneAccess.stateDirectory(cluster);
            return Files.isDirectory(folder) && Files.isWritable(folder)
                    ? Check.ok(subject, "state is in " + folder)
                    : Check.failed(
                            subject,
                            folder + " is no folder that can be written here",
                            "mount the cluster's state directory by this path");
        } catch (IOException e) {
            return Check.wrong(subject, e.getMessage(), "correct 'stateDir'");
        }
    }
}
