// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.List;
import java.util.Optional;

/**
 * Flink configuration that Sluice sets itself, or that a field of the specification stands for, also by
 * the names of old versions that Flink still reads (ConfigOption.fallbackKeys, 1.15 to 1.20). A key
 * matches a rule by its whole name, or by its beginning where the rule ends in {@code *}.
 */
public final class ReservedConfiguration {
    record Rule(String key, String instead) {
        boolean covers(String found) {
            return key.endsWith("*")
                    ? found.startsWith(key.substring(0, key.length() - 1))
                    : found.equals(key);
        }
    }

    private static final String OURS = "remove it; Sluice sets it itself";
    private static final String STATE_DIR =
            "remove it; Sluice derives it from the cluster's stateDir";

    private static final String CONTROLLERS_FILE =
            "remove it; Flink's client would read that file on the controller's machine";

    static final List<Rule> RULES = List.of(
            new Rule("$internal.*", OURS),
            new Rule("pipeline.jobid", OURS),
            new Rule("kubernetes.cluster-id", OURS),
            new Rule("yarn.tags", OURS),
            new Rule("yarn.application.id", OURS),
            new Rule("yarn.application-attempts", OURS),
            new Rule("yarn.container-start-command-template", OURS),
            new Rule("high-availability*", OURS),
            new Rule("recovery.*", OURS),
            new Rule("job-result-store.*", OURS),
            new Rule("state.checkpoints.dir", STATE_DIR),
            new Rule("state.savepoints.dir", STATE_DIR),
            new Rule("state.backend.fs.checkpointdir", STATE_DIR),
            new Rule("savepoints.state.backend.fs.dir", STATE_DIR),
            new Rule("state.checkpoints.create-subdir", STATE_DIR),
            new Rule("execution.checkpointing.dir", STATE_DIR),
            new Rule("execution.checkpointing.savepoint-dir", STATE_DIR),
            new Rule("execution.checkpointing.create-subdir", STATE_DIR),
            new Rule("execution.checkpointing.externalized-checkpoint-retention", OURS),
            new Rule("execution.shutdown-on-application-finish", OURS),
            new Rule("execution.submit-failed-job-on-application-error", OURS),
            new Rule("execution.target", "use 'flink: {mode: ...}'"),
            new Rule("execution.attached", OURS),
            new Rule("execution.savepoint.path", "use 'environments: {<env>: {restore: ...}}'"),
            new Rule(
                    "execution.state-recovery.path", "use 'environments: {<env>: {restore: ...}}'"),
            new Rule(
                    "execution.savepoint.ignore-unclaimed-state",
                    "use 'upgrade: {allowNonRestoredState: ...}'"),
            new Rule(
                    "execution.state-recovery.ignore-unclaimed-state",
                    "use 'upgrade: {allowNonRestoredState: ...}'"),
            new Rule("execution.savepoint-restore-mode", OURS),
            new Rule("execution.state-recovery.claim-mode", OURS),
            new Rule("web.upload.dir", OURS),
            new Rule("web.refresh-interval", OURS),
            new Rule("jobmanager.web.upload.dir", OURS),
            new Rule("jobmanager.web.refresh-interval", OURS),
            new Rule("parallelism.default", "use 'resources: {parallelism: ...}'"),
            new Rule(
                    "taskmanager.numberOfTaskSlots",
                    "use 'resources: {taskManager: {slots: ...}}'"),
            new Rule(
                    "jobmanager.memory.process.size",
                    "use 'resources: {jobManager: {memory: ...}}'"),
            new Rule(
                    "taskmanager.memory.process.size",
                    "use 'resources: {taskManager: {memory: ...}}'"),
            new Rule("kubernetes.namespace", "use 'kubernetes: {namespace: ...}'"),
            new Rule("yarn.application.queue", "use 'yarn: {queue: ...}'"),
            new Rule("yarn.application.node-label", "use 'yarn: {nodeLabel: ...}'"),
            new Rule("yarn.application.priority", "use 'yarn: {priority: ...}'"),
            // A path here is one of the controller's machine, whose files are not the author's.
            new Rule("yarn.ship-*", "use 'yarn: {shipFiles: [hdfs://...]}'"),
            new Rule("yarn.provided.*", OURS),
            new Rule("yarn.flink-dist-jar", OURS),
            new Rule("security.kerberos.login.keytab", CONTROLLERS_FILE),
            new Rule("security.keytab", CONTROLLERS_FILE),
            new Rule("security.kerberos.krb5-conf.path", CONTROLLERS_FILE),
            new Rule(
                    "table.sql-dialect",
                    "remove it; only Flink's own dialect is safe for variables"));

    private ReservedConfiguration() {}

    /** Checks a job's configuration. */
    static void check(Node.Mapping job, Findings findings) {
        check(job, RULES, findings);
    }

    static void check(Node.Mapping job, List<Rule> rules, Findings findings) {
        check(job, "", rules, findings);
    }

    /** @param pointer of the map that has a configuration */
    static void check(Node.Mapping owner, String pointer, List<Rule> rules, Findings findings) {
        Optional<Node> found = owner.find("configuration");
        if (found.isEmpty() || !(found.get() instanceof Node.Mapping configuration)) {
            return;
        }
        configuration
                .entries()
                .forEach((key, entry) -> instead(key, rules)
                        .ifPresent(instead -> findings.error(
                                "reserved-configuration",
                                entry.key(),
                                Pointers.child(pointer + "/configuration", key),
                                "found the reserved configuration key '" + key + "'",
                                instead)));
    }

    /** What to do instead of setting a key; empty when a job may set it. */
    public static Optional<String> instead(String key) {
        return instead(key, RULES);
    }

    private static Optional<String> instead(String key, List<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.covers(key))
                .map(Rule::instead)
                .findFirst();
    }
}
