// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.Schedule;
import dev.sluice.spec.finding.Findings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an effective {@code job.yaml}: one layer, no references but those to secrets. */
public final class JobBinder {
    private final Fields job;
    private final Findings findings;

    private JobBinder(Fields job, Findings findings) {
        this.job = job;
        this.findings = findings;
    }

    /**
     * The job, or findings.
     *
     * @param told pointers with a finding already
     * @param defaultMode the mode of the job's cluster, for a job that names none
     */
    public static Optional<JobSpec> bind(
            JobKey key,
            dev.sluice.spec.yaml.Node.Mapping effective,
            FlinkTarget.Mode defaultMode,
            Set<String> told,
            Findings findings) {
        Fields fields = new Fields(effective, "", told, findings);
        return new JobBinder(fields, findings).bind(key, defaultMode);
    }

    private Optional<JobSpec> bind(JobKey key, FlinkTarget.Mode defaultMode) {
        Optional<FlinkTarget> flink = flink(defaultMode);
        Optional<dev.sluice.spec.Program> program = new ProgramBinder(job).bind();
        JobSpec.State state =
                job.choice("state", JobSpec.State.class).orElse(JobSpec.State.RUNNING);
        Ownership ownership = ownership(key);
        Resources resources = ResourcesBinder.resources(job.below("resources"));
        var upgrade = UpgradeBinder.upgrade(job.below("upgrade"));
        FailurePolicy onFailure = onFailure(job.below("onFailure"));
        Optional<Schedule> schedule = schedule(job.below("schedule"));
        var health = HealthBinder.health(job.below("health"));
        var lineage = new LineageBinder(job).bind();
        if (findings.hasErrors() || flink.isEmpty() || program.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new JobSpec(
                key,
                ownership,
                state,
                flink.get(),
                program.get(),
                dependencies(),
                resources,
                job.flat("configuration"),
                upgrade,
                onFailure,
                schedule,
                job.list("dependsOn"),
                health,
                job.flat("links"),
                new RuntimeOptions(job.flat("kubernetes"), job.flat("yarn")),
                lineage));
    }

    private Ownership ownership(JobKey key) {
        return new Ownership(
                job.text("owner").orElse(key.team()),
                job.text("purpose").orElse(""),
                job.choice("criticality", Ownership.Criticality.class)
                        .orElse(Ownership.Criticality.NORMAL));
    }

    private Optional<FlinkTarget> flink(FlinkTarget.Mode defaultMode) {
        Fields flink = job.below("flink");
        Optional<String> version = flink.required(
                "version", "add 'flink: {version: \"1.20\"}' to the job or to defaults");
        Optional<String> cluster = flink.required(
                "cluster", "add 'flink: {cluster: ...}' with a cluster of the environment");
        FlinkTarget.Mode mode = flink.choice("mode", FlinkTarget.Mode.class).orElse(defaultMode);
        if (version.isEmpty() || cluster.isEmpty() || !Forms.isName(cluster.get(), 40)) {
            return Optional.empty();
        }
        return Optional.of(
                new FlinkTarget(version.get(), cluster.get(), mode, flink.text("session")));
    }

    private List<Artifact> dependencies() {
        return job.list("dependencies").stream()
                .map(name -> artifact(job, name))
                .toList();
    }

    static Artifact artifact(Fields job, String coordinate) {
        Optional<Digest> digest =
                Optional.ofNullable(job.flat("artifacts").get(coordinate)).map(Digest::new);
        return new Artifact(coordinate, digest);
    }

    private static FailurePolicy onFailure(Fields fields) {
        FailurePolicy builtIn = FailurePolicy.DEFAULT;
        return new FailurePolicy(
                fields.integer("restarts", 0).orElse(builtIn.restarts()),
                fields.duration("window").orElse(builtIn.window()),
                fields.duration("backoff").orElse(builtIn.backoff()));
    }

    static Optional<Schedule> schedule(Fields fields) {
        Optional<ZoneId> zone = fields.parsed(
                "timeZone", "an IANA time zone such as Asia/Shanghai", JobBinder::zone);
        Optional<String> cron =
                fields.parsed("cron", "a Quartz cron expression of 6 or 7 fields", JobBinder::cron);
        return cron.map(text -> new Schedule(text, zone.orElse(ZoneId.of("UTC"))));
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** Whether a text has the form of a cron expression, whatever it says. */
    public static boolean isCron(String text) {
        return text.strip().matches("([-0-9A-Za-z*?,/#]{1,100} +){5,6}[-0-9A-Za-z*?,/#]{1,100}");
    }

    /** The shape only: what was once accepted must stay readable in the journal. */
    private static Optional<String> cron(String text) {
        return isCron(text) ? Optional.of(text.strip()) : Optional.empty();
    }
}
