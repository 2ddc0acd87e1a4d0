// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static dev.sluice.plan.change.Values.artifact;
import static dev.sluice.plan.change.Values.identity;
import static dev.sluice.plan.change.Values.jar;
import static dev.sluice.plan.change.Values.join;
import static dev.sluice.plan.change.Values.lower;
import static dev.sluice.plan.change.Values.python;
import static dev.sluice.plan.change.Values.sql;
import static dev.sluice.plan.change.Values.text;

import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.UpgradePolicy;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** What a change of each field of {@link JobSpec} costs. A component without a row fails a test. */
final class ChangeTable {
    static final List<Field> FIELDS = List.of(
            noop("key", "name", spec -> spec.key().qualified()),
            noop("ownership", "owner", spec -> spec.ownership().owner()),
            noop("ownership", "purpose", spec -> spec.ownership().purpose()),
            noop("ownership", "criticality", spec -> lower(spec.ownership().criticality())),
            Field.one("state", "state", spec -> lower(spec.state()), ChangeClass.SUSPEND),
            Field.one(
                    "flink", "flink.version", spec -> spec.flink().version(), ChangeClass.VERSION),
            Field.one("flink", "flink.cluster", spec -> spec.flink().cluster(), ChangeClass.MOVE),
            Field.one("flink", "flink.mode", spec -> lower(spec.flink().mode()), ChangeClass.MOVE),
            Field.one(
                    "flink",
                    "flink.session",
                    spec -> text(spec.flink().session()),
                    ChangeClass.MOVE),
            upgrade("program", "program", Values::kind),
            noop("program", "sql.file", spec -> sql(spec, Program.Sql::file)),
            upgrade("program", "sql", spec -> sql(spec, Program.Sql::text)),
            Field.one(
                    "program",
                    "jar.artifact",
                    spec -> jar(spec, jar -> identity(jar.artifact())),
                    spec -> jar(spec, jar -> artifact(jar.artifact())),
                    ChangeClass.UPGRADE),
            upgrade("program", "jar.mainClass", spec -> jar(spec, jar -> text(jar.mainClass()))),
            upgrade("program", "jar.args", spec -> jar(spec, jar -> join(jar.args()))),
            noop("program", "python.file", spec -> python(spec, Program.Python::file)),
            Field.one(
                    "program",
                    "python",
                    spec -> python(spec, python -> python.digest().hex()),
                    spec -> python(spec, python -> python.digest().brief()),
                    ChangeClass.UPGRADE),
            upgrade("program", "python.args", spec -> python(spec, python -> join(python.args()))),
            Field.one(
                    "dependencies",
                    "dependencies",
                    spec -> join(
                            spec.dependencies().stream().map(Values::identity).toList()),
                    spec -> join(
                            spec.dependencies().stream().map(Values::artifact).toList()),
                    ChangeClass.UPGRADE),
            Field.one(
                    "resources",
                    "resources.parallelism",
                    spec -> String.valueOf(spec.resources().parallelism()),
                    ChangeClass.RESCALE),
            resource(
                    "jobManager.memory",
                    resources -> text(resources.jobManager().memory())),
            resource("jobManager.cpu", resources -> text(resources.jobManager().cpu())),
            resource(
                    "taskManager.memory",
                    resources -> text(resources.taskManager().memory())),
            resource(
                    "taskManager.cpu", resources -> text(resources.taskManager().cpu())),
            resource("taskManager.slots", resources -> text(resources.slots())),
            map("configuration", JobSpec::configuration, ConfigurationKeys::classOf),
            policy("state", Values::state),
            policy("savepointTimeout", policy -> text(policy.savepointTimeout())),
            policy("savepointFormat", policy -> lower(policy.savepointFormat())),
            policy("onSavepointFailure", policy -> lower(policy.onSavepointFailure())),
            policy("maxStateAge", policy -> text(policy.maxStateAge())),
            policy(
                    "allowNonRestoredState",
                    policy -> String.valueOf(policy.allowNonRestoredState())),
            policy("soak", policy -> policy.soak().map(Values::text).orElse("")),
            policy("onBadUpgrade", policy -> lower(policy.onBadUpgrade())),
            policy("rollbackState", policy -> lower(policy.rollbackState())),
            policy("supersede", policy -> String.valueOf(policy.supersede())),
            failure("restarts", policy -> String.valueOf(policy.restarts())),
            failure("window", policy -> text(policy.window())),
            failure("backoff", policy -> text(policy.backoff())),
            noop("schedule", "schedule", Values::schedule),
            noop("dependsOn", "dependsOn", spec -> join(spec.dependsOn())),
            health(
                    "checkpointAge",
                    rules -> rules.checkpointAge().map(Values::text).orElse("")),
            health("failedCheckpoints", rules -> text(rules.failedCheckpoints())),
            health("restarts", rules -> rules.restarts().map(Values::rate).orElse("")),
            health(
                    "backpressure",
                    rules -> rules.backpressure().map(Values::rate).orElse("")),
            map("links", JobSpec::links, key -> ChangeClass.NOOP),
            map("runtime", spec -> spec.runtime().kubernetes(), ChangeTable::kubernetes),
            map("runtime", spec -> spec.runtime().yarn(), key -> ChangeClass.RESTART_SAME_GRAPH),
            noop("lineage", "formerly", spec -> text(spec.lineage().formerly())),
            Field.one("lineage", "restore", Values::restore, ChangeClass.EMPTY_START),
            noop("lineage", "adopt", Values::adopt),
            noop("lineage", "ignoreUnmanaged", Values::ignoreUnmanaged));

    private ChangeTable() {}

    private static Field noop(String component, String name, Function<JobSpec, String> value) {
        return Field.one(component, name, value, ChangeClass.NOOP);
    }

    private static Field upgrade(String component, String name, Function<JobSpec, String> value) {
        return Field.one(component, name, value, ChangeClass.UPGRADE);
    }

    private static Field resource(String name, Function<Resources, String> value) {
        return Field.one(
                "resources",
                "resources." + name,
                spec -> value.apply(spec.resources()),
                ChangeClass.RESTART_SAME_GRAPH);
    }

    /** How a job wants to be changed is read when it is changed; it touches no running job. */
    private static Field policy(String name, Function<UpgradePolicy, String> value) {
        return noop("upgrade", "upgrade." + name, spec -> value.apply(spec.upgrade()));
    }

    private static Field failure(String name, Function<FailurePolicy, String> value) {
        return noop("onFailure", "onFailure." + name, spec -> value.apply(spec.onFailure()));
    }

    private static Field health(String name, Function<HealthRules, String> value) {
        return noop("health", "health." + name, spec -> value.apply(spec.health()));
    }

    private static Field map(
            String component,
            Function<JobSpec, SortedMap<String, String>> values,
            Function<String, ChangeClass> change) {
        return new Field(component, values, values, change);
    }

    /**
     * Ingress leads people to the job, and the same jars come by whichever way; DNS is read while it
     * runs.
     */
    private static ChangeClass kubernetes(String key) {
        if (key.equals("ingress") || key.startsWith("ingress.") || key.startsWith("artifacts.")) {
            return ChangeClass.NOOP;
        }
        if (key.equals("dns") || key.startsWith("dns.")) {
            return ChangeClass.LIVE;
        }
        return ChangeClass.RESTART_SAME_GRAPH;
    }
}
