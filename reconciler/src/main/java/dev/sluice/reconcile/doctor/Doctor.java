// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.doctor;

import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.git.Fetched;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.Environment;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at everything a controller needs, in the order in which it needs it. */
public final class Doctor {
    private final ControllerConfig config;
    private final ClusterChecks clusters;

    public Doctor(ControllerConfig config, ClusterChecks clusters) {
        this.config = config;
        this.clusters = clusters;
    }

    /**
     * Every check; a failed one leaves out those that need what it did not find.
     *
     * @throws IOException when there is no folder for temporary files
     */
    public List<Check> examine() throws IOException {
        List<Check> checks = new ArrayList<>(JournalChecks.of(config.dataDirectory()));
        checks.add(programs());
        // A copy of its own: the controller's may be at work beside us.
        Path folder = Files.createTempDirectory("sluice-doctor");
        try (GitSource source = GitSource.open(folder, config.remote(), Clock.systemUTC())) {
            Optional<CommitReading> reading = source.fetch().accept(new Git(checks));
            reading.ifPresent(read -> examine(read, checks));
        } finally {
            delete(folder);
        }
        return List.copyOf(checks);
    }

    /** Programs of jobs run here until they submit their job, so that their graph is known. */
    private static Check programs() {
        String subject = "programs of jobs";
        return FlinkWorkers.keepsApart()
                ? Check.ok(subject, "they are looked at in name spaces of their own")
                : Check.warning(
                        subject,
                        "they are looked at as plain processes, which can read what the controller"
                                + " can: this system allows no name spaces of its own",
                        "install unshare and setpriv, and allow user name spaces");
    }

    private void examine(CommitReading reading, List<Check> checks) {
        String subject = "environment " + config.environment();
        long errors = reading.findings().stream().filter(SpecError::isError).count();
        if (errors > 0) {
            checks.add(Check.wrong(
                    subject,
                    errors + " errors, the first is " + first(reading.findings()),
                    "run: sluice validate -e " + config.environment()));
        }
        Optional<Environment> environment = reading.environment();
        if (environment.isEmpty()) {
            checks.add(Check.wrong(
                    subject,
                    "environments/" + config.environment() + "/environment.yaml cannot be used",
                    "write or correct it; see docs/job-repository.md"));
            return;
        }
        if (environment.get().clusters().isEmpty()) {
            checks.add(Check.wrong(subject, "it has no cluster", "add one below 'clusters'"));
        }
        for (Cluster cluster : environment.get().clusters().values()) {
            checks.addAll(clusters.of(cluster, reading));
        }
    }

    private static String first(List<SpecError> findings) {
        return findings.stream()
                .filter(SpecError::isError)
                .findFirst()
                .map(SpecError::toString)
                .orElse("");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What the first look at the branch says, and the commit read. */
    private final class Git implements Fetched.Handler<Optional<CommitReading>> {
        private final List<Check> checks;
        private final String subject = "git " + config.repository();

        Git(List<Check> checks) {
            this.checks = checks;
        }

        @Override
        public Optional<CommitReading> advanced(Fetched.Advanced fetched) {
            checks.add(Check.ok(
                    subject,
                    "branch " + config.branch() + " is at "
                            + fetched.head().commit().brief()));
            return Optional.of(
                    new SpecReader().read(fetched.tree(), config.environment(), Optional.empty()));
        }

        @Override
        public Optional<CommitReading> unchanged(Fetched.Unchanged fetched) {
            throw new IllegalStateException("the first look at a branch changes what is followed");
        }

        @Override
        public Optional<CommitReading> refused(Fetched.Refused fetched) {
            checks.add(Check.wrong(
                    subject,
                    fetched.text(),
                    "correct the branch, or what the controller's file says of it"));
            return Optional.empty();
        }

        @Override
        public Optional<CommitReading> unreachable(Fetched.Unreachable fetched) {
            checks.add(Check.failed(
                    subject,
                    fetched.cause(),
                    "correct 'repository' and its credentials, or wait until the server answers"));
            return Optional.empty();
        }
    }
}
