// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.Environment;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.Team;
import dev.sluice.spec.bind.CronRules;
import dev.sluice.spec.bind.Fields;
import dev.sluice.spec.bind.JobBinder;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks one effective job against its environment and its team. */
public final class JobRules {
    private static final String OWN_CLUSTER =
            "write 'mode: application', which gives the job a cluster of its own too";

    private final Node.Mapping job;
    private final Environment environment;
    private final Set<String> told;
    private final Findings findings;
    private final Fields flink;
    private final Optional<Cluster> cluster;

    /**
     * Rules for one job.
     *
     * @param told pointers with a finding already
     */
    public JobRules(
            Node.Mapping job, Environment environment, Set<String> told, Findings findings) {
        this.job = job;
        this.environment = environment;
        this.told = told;
        this.findings = findings;
        this.flink = new Fields(job, "", told, findings).below("flink");
        this.cluster = text("/flink/cluster").map(environment.clusters()::get);
    }

    /** The mode of a job that names none. */
    public FlinkTarget.Mode defaultMode() {
        return cluster.map(Cluster::defaultMode).orElse(FlinkTarget.Mode.APPLICATION);
    }

    public void check() {
        cluster();
        version();
        ReservedConfiguration.check(job, findings);
        schedule();
        new PlainPlaces(findings).check(job);
        job.find("links")
                .filter(Node.Mapping.class::isInstance)
                .ifPresent(links -> new LinkRules(findings).check((Node.Mapping) links));
        cluster.ifPresent(this::placement);
    }

    /** Checks what the team's file allows. */
    public void check(Team team) {
        String file = "teams/" + team.name() + ".yaml";
        cluster.filter(found -> !team.allowed().cluster(found.name()))
                .ifPresent(found -> denied(
                        "/flink/cluster", "cluster '" + found.name() + "'", file, "clusters"));
        named("/yarn/queue", team.allowed().queues(), "queue", file, "queues");
        named(
                "/kubernetes/namespace",
                team.allowed().namespaces(),
                "namespace",
                file,
                "namespaces");
    }

    private void named(
            String pointer, List<String> allowed, String what, String file, String field) {
        text(pointer)
                .filter(name -> !allowed.contains(name))
                .ifPresent(name -> denied(pointer, what + " '" + name + "'", file, field));
    }

    private void denied(String pointer, String what, String file, String field) {
        findings.error(
                "team-denied",
                Pointers.locate(job, pointer),
                pointer,
                "the team may not use " + what,
                "ask whoever owns " + file + " to add it to 'allow." + field + "'");
    }

    private void cluster() {
        Optional<String> name = text("/flink/cluster");
        if (name.isPresent() && cluster.isEmpty()) {
            flink.error(
                    "unknown-cluster",
                    "cluster",
                    "expected a cluster of environment '" + environment.name() + "', found \""
                            + name.get() + "\"",
                    NearestName.suggest(name.get(), environment.clusters().keySet()));
        }
    }

    private void version() {
        Optional<String> version = text("/flink/version");
        if (version.isEmpty()) {
            return;
        }
        if (!FlinkVersions.SUPPORTED.contains(version.get())) {
            flink.error(
                    "unknown-version",
                    "version",
                    "expected a supported Flink version, found \"" + version.get() + "\"",
                    NearestName.suggest(version.get(), FlinkVersions.SUPPORTED));
            return;
        }
        cluster.filter(found -> !found.runs(version.get()))
                .ifPresent(
                        found -> flink.error(
                                "unknown-version",
                                "version",
                                "cluster '" + found.name() + "' does not run Flink "
                                        + version.get(),
                                "use a version that environment.yaml names for the cluster, or add it there"));
    }

    private void placement(Cluster found) {
        FlinkTarget.Mode mode = flink.choice("mode", FlinkTarget.Mode.class).orElse(defaultMode());
        String version = text("/flink/version").orElse("");
        if (!found.offers(mode)) {
            flink.error(
                    "unsupported-mode",
                    "mode",
                    "no " + text("/flink/mode").orElse("such") + " mode is offered on a "
                            + found.kind() + " cluster",
                    mode == FlinkTarget.Mode.PER_JOB
                            ? OWN_CLUSTER
                            : "leave 'mode' out to take the cluster's own, or set it in the overlay of an"
                                    + " environment");
        }
        if (found.offers(mode)
                && mode == FlinkTarget.Mode.PER_JOB
                && FlinkVersions.SUPPORTED.contains(version)
                && !FlinkVersions.hasPerJob(version)) {
            flink.error(
                    "unsupported-mode",
                    "mode",
                    "Flink " + version + " has no per-job mode, which Flink 2.0 removed",
                    OWN_CLUSTER);
        }
        session(found, mode, version);
        if (found instanceof Cluster.Kubernetes kubernetes) {
            new KubernetesRules(kubernetes, job, told, findings).check();
        }
        boolean discardable =
                text("/upgrade/state").filter("discardable"::equals).isPresent();
        if (found.basics().stateDir().isEmpty() && !discardable) {
            flink.error(
                    "no-state-dir",
                    "cluster",
                    "cluster '" + found.name() + "' has no stateDir, so state cannot be kept",
                    "add 'stateDir' to the cluster, or make the job's state discardable");
        }
    }

    private void session(Cluster found, FlinkTarget.Mode mode, String version) {
        Optional<String> name = text("/flink/session");
        boolean isDeclared = found instanceof Cluster.Yarn || found instanceof Cluster.Kubernetes;
        if (!isDeclared || mode != FlinkTarget.Mode.SESSION) {
            return;
        }
        Set<String> declared = found.basics().sessions().keySet();
        if (name.isEmpty()) {
            flink.missing(
                    "session",
                    declared.isEmpty()
                            ? "declare one under 'sessions:' of cluster '" + found.name()
                                    + "' and name it"
                            : NearestName.suggest("", declared));
            return;
        }
        ClusterBasics.Session session = found.basics().sessions().get(name.get());
        if (session == null) {
            flink.error(
                    "unknown-session",
                    "session",
                    "expected a session cluster of '" + found.name() + "', found \"" + name.get()
                            + "\"",
                    NearestName.suggest(name.get(), declared));
        } else if (!version.isEmpty() && !session.version().equals(version)) {
            flink.error(
                    "unknown-session",
                    "session",
                    "session cluster '" + name.get() + "' runs Flink " + session.version()
                            + ", the job wants " + version,
                    "use another session cluster or version");
        }
    }

    private void schedule() {
        String pointer = "/schedule/cron";
        text(pointer)
                .filter(JobBinder::isCron)
                .ifPresent(cron -> CronRules.mistake(cron)
                        .ifPresent(mistake -> findings.error(
                                "never-fires",
                                Pointers.locate(job, pointer),
                                pointer,
                                "expected " + mistake + ", found \"" + cron + "\"",
                                CronRules.NEXT_STEP)));
    }

    private Optional<String> text(String pointer) {
        return Pointers.find(job, pointer)
                .filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).text());
    }
}
