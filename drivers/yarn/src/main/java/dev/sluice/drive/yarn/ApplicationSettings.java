// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.isolation.Keytab;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.yarn.Preparing.Prepared;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Flink's configuration of one application: what the job says, or the declaration of a session cluster,
 * over the defaults, under what Sluice alone decides.
 *
 * <p>The master is tried once: without high availability a second attempt of it would begin anew from
 * the pointer of the first. YARN does not count an attempt that it preempted or whose node it lost
 * (RMAppAttemptImpl.shouldCountTowardsMaxAttemptRetry), so that its own limit is not enough: the
 * command of each container ends at once where the container is one of a second attempt. The cluster stays after its job ended, so that the final savepoint can be
 * read, unless the job is a batch job, which ends by itself and takes its cluster along.
 */
final class ApplicationSettings {
    private static final Map<String, String> MEMORY = Map.of(
            "jobmanager.memory.process.size", "1600m",
            "taskmanager.memory.process.size", "1728m");

    private static final Map<String, String> OPTIONS = Map.of(
            "queue",
            "yarn.application.queue",
            "nodeLabel",
            "yarn.application.node-label",
            "priority",
            "yarn.application.priority",
            RuntimeOptions.SHIP_FILES,
            "yarn.ship-files");

    /** Attempt and number are the last two parts of a container's id (ContainerId.toString). */
    private static final String ONCE =
            "case $CONTAINER_ID in *_01_??????) ;; *) exit 71 ;; esac; exec ";

    private static final String COMMAND =
            "%java% %jvmmem% %jvmopts% %logging% %class% %args% %redirects%";

    private final SortedMap<String, String> defaults;
    private final Optional<Keytab> keytab;

    /** @param keytab as whose principal the processes ask Hadoop too; Flink brings it to them */
    ApplicationSettings(SortedMap<String, String> defaults, Optional<Keytab> keytab) {
        this.defaults = defaults;
        this.keytab = keytab;
    }

    /** @param libraries URL of the folder with Flink's jars */
    SortedMap<String, String> of(
            StartRequest request, Submission submission, FlinkHome home, String libraries) {
        JobSpec spec = request.job().spec();
        TreeMap<String, String> keys = new TreeMap<>(MEMORY);
        keys.putAll(defaults);
        keys.put("web.refresh-interval", "1000");
        keys.putAll(submission.configuration());
        keys.putAll(resources(spec.resources()));
        keys.putAll(processes(keys, home, libraries));
        keys.putAll(identity(request, submission));
        keys.putAll(options(spec.runtime().yarn()));
        keys.putAll(state(request, home));
        boolean isBatch = isBatch(submission);
        keys.put("execution.shutdown-on-application-finish", Boolean.toString(isBatch));
        keys.put("yarn.tags", Heartbeats.tagged(keys));
        return Collections.unmodifiableSortedMap(keys);
    }

    /**
     * Of a session cluster, whose jobs bring what is theirs with them.
     *
     * @param tags by which it is found
     */
    SortedMap<String, String> ofSession(
            String name, ClusterBasics.Session session, List<String> tags, Prepared prepared) {
        TreeMap<String, String> keys = new TreeMap<>(MEMORY);
        keys.putAll(defaults);
        keys.put("web.refresh-interval", "1000");
        keys.putAll(prepared.stateKeys());
        keys.putAll(resources(session.resources()));
        keys.putAll(processes(keys, prepared.home(), prepared.libraries()));
        keys.putAll(options(session.yarn()));
        keys.put("execution.target", "yarn-session");
        keys.put("yarn.tags", String.join(",", tags));
        keys.put("yarn.application.name", "Sluice session " + name);
        keys.put("yarn.tags", Heartbeats.tagged(keys));
        return Collections.unmodifiableSortedMap(keys);
    }

    /** How the processes of every application are run. */
    private SortedMap<String, String> processes(
            SortedMap<String, String> given, FlinkHome home, String libraries) {
        TreeMap<String, String> keys = new TreeMap<>();
        String options = home.release().key("env.java.opts.all");
        String flags = String.join(" ", home.release().jvmFlags());
        keys.put(options, given.containsKey(options) ? given.get(options) + " " + flags : flags);
        keys.put("yarn.provided.lib.dirs", libraries);
        keys.put("yarn.application-attempts", "1");
        keys.put("yarn.container-start-command-template", ONCE + COMMAND);
        // Any free port: the ResourceManager tells which it was.
        keys.put("rest.bind-port", "0");
        keytab.ifPresent(login -> keys.putAll(kerberos(login)));
        return keys;
    }

    /** None of these is of a job: they name files of the controller's machine. */
    private static SortedMap<String, String> kerberos(Keytab login) {
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put("security.kerberos.login.principal", login.principal());
        keys.put("security.kerberos.login.keytab", login.file().toString());
        keys.put("security.kerberos.login.use-ticket-cache", "false");
        login.krb5Conf()
                .ifPresent(file -> keys.put("security.kerberos.krb5-conf.path", file.toString()));
        return keys;
    }

    private static SortedMap<String, String> resources(Resources resources) {
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put("parallelism.default", Integer.toString(resources.parallelism()));
        Resources.Process master = resources.jobManager();
        Resources.Process worker = resources.taskManager();
        master.memory().ifPresent(size -> keys.put("jobmanager.memory.process.size", size));
        worker.memory().ifPresent(size -> keys.put("taskmanager.memory.process.size", size));
        master.cpu().ifPresent(cores -> keys.put("yarn.appmaster.vcores", whole(cores)));
        worker.cpu().ifPresent(cores -> keys.put("yarn.containers.vcores", whole(cores)));
        resources
                .slots()
                .ifPresent(slots ->
                        keys.put("taskmanager.numberOfTaskSlots", Integer.toString(slots)));
        return keys;
    }

    /** YARN gives whole cores only. */
    private static String whole(double cores) {
        return Integer.toString((int) Math.max(1, Math.ceil(cores)));
    }

    private static SortedMap<String, String> identity(StartRequest request, Submission submission) {
        JobSpec spec = request.job().spec();
        List<String> tags = new ArrayList<>(Tags.all(
                spec.key(), request.attempt(), request.id(), request.job().commit()));
        tags.add(Tags.version(spec.flink().version()));
        if (isBatch(submission)) {
            tags.add(Tags.ENDS);
        }
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put(
                "execution.target",
                Preparation.isPerJob(spec) ? "yarn-per-job" : "yarn-application");
        keys.put("execution.attached", "false");
        keys.put("execution.submit-failed-job-on-application-error", "true");
        keys.put("$internal.pipeline.job-id", request.id().hex());
        keys.put("pipeline.jars", submission.jar().toUri().toString());
        keys.put("yarn.tags", String.join(",", tags));
        keys.put("yarn.application.name", spec.key().display());
        return keys;
    }

    /** A list stands in the options with the number of each item after its name. */
    private static SortedMap<String, String> options(SortedMap<String, String> given) {
        TreeMap<String, String> keys = new TreeMap<>();
        given.forEach((name, value) -> keys.merge(
                OPTIONS.get(name.replaceAll("\\.\\d+$", "")),
                value,
                (before, next) -> before + ";" + next));
        return keys;
    }

    private static SortedMap<String, String> state(StartRequest request, FlinkHome home) {
        TreeMap<String, String> keys = new TreeMap<>();
        if (request.from() instanceof RestoreFrom.State from) {
            keys.put(
                    home.release().key("execution.state-recovery.path"),
                    from.pointer().path());
            keys.put(
                    home.release().key("execution.state-recovery.ignore-unclaimed-state"),
                    Boolean.toString(request.job().spec().upgrade().allowNonRestoredState()));
        }
        return keys;
    }

    private static boolean isBatch(Submission submission) {
        return submission
                .configuration()
                .getOrDefault("execution.runtime-mode", "")
                .equalsIgnoreCase("BATCH");
    }
}
