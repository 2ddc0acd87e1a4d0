// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Program;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
            upgrade("program", "program", spec -> spec.program().getClass().getSimpleName()),
            noop("program", "sql.file", spec -> sql(spec, Program.Sql::file)),
            upgrade("program", "sql", spec -> sql(spec, Program.Sql::text)),
            upgrade("program", "jar.artifact", spec -> jar(spec, jar -> identity(jar.artifact()))),
            upgrade("program", "jar.mainClass", spec -> jar(spec, jar -> text(jar.mainClass()))),
            upgrade("program", "jar.args", spec -> jar(spec, jar -> join(jar.args()))),
            upgrade("program", "python", ChangeTable::python),
            upgrade("dependencies", "dependencies", ChangeTable::dependencies),
            Field.one(
                    "resources",
                    "resources.parallelism",
                    spec -> String.valueOf(spec.resources().parallelism()),
                    ChangeClass.RESCALE),
            resource(
                    "jobManager.memory",
                    spec -> text(spec.resources().jobManager().memory())),
            resource(
                    "jobManager.cpu", spec -> text(spec.resources().jobManager().cpu())),
            resource(
                    "taskManager.memory",
                    spec -> text(spec.resources().taskManager().memory())),
            resource(
                    "taskManager.cpu",
                    spec -> text(spec.resources().taskManager().cpu())),
            resource("taskManager.slots", spec -> text(spec.resources().slots())),
            map("configuration", JobSpec::configuration, ConfigurationKeys::classOf),
            noop("upgrade", "upgrade", spec -> spec.upgrade().toString()),
            noop("onFailure", "onFailure", spec -> spec.onFailure().toString()),
            noop("schedule", "schedule", spec -> text(spec.schedule())),
            noop("dependsOn", "dependsOn", spec -> join(spec.dependsOn())),
            noop("health", "health", spec -> spec.health().toString()),
            map("links", JobSpec::links, key -> ChangeClass.NOOP),
            map("runtime", spec -> spec.runtime().kubernetes(), ChangeTable::kubernetes),
            map("runtime", spec -> spec.runtime().yarn(), key -> ChangeClass.RESTART_SAME_GRAPH),
            noop("lineage", "formerly", spec -> text(spec.lineage().formerly())),
            Field.one("lineage", "restore", ChangeTable::restore, ChangeClass.EMPTY_START),
            noop("lineage", "adopt", spec -> text(spec.lineage().adopt())),
            noop(
                    "lineage",
                    "ignoreUnmanaged",
                    spec -> spec.lineage().ignoreUnmanaged() ? "true" : ""));

    private ChangeTable() {}

    private static Field noop(String component, String name, Function<JobSpec, String> value) {
        return Field.one(component, name, value, ChangeClass.NOOP);
    }

    private static Field upgrade(String component, String name, Function<JobSpec, String> value) {
        return Field.one(component, name, value, ChangeClass.UPGRADE);
    }

    private static Field resource(String name, Function<JobSpec, String> value) {
        return Field.one("resources", "resources." + name, value, ChangeClass.RESTART_SAME_GRAPH);
    }

    private static Field map(
            String component,
            Function<JobSpec, SortedMap<String, String>> values,
            Function<String, ChangeClass> change) {
        return new Field(component, values, change);
    }

    /** Ingress and links lead people to the job; DNS is read while it runs. */
    private static ChangeClass kubernetes(String key) {
        if (key.equals("ingress") || key.startsWith("ingress.")) {
            return ChangeClass.NOOP;
        }
        if (key.equals("dns") || key.startsWith("dns.")) {
            return ChangeClass.LIVE;
        }
        return ChangeClass.RESTART_SAME_GRAPH;
    }

    private static String sql(JobSpec spec, Function<Program.Sql, String> part) {
        return spec.program() instanceof Program.Sql sql ? part.apply(sql) : "";
    }

    private static String jar(JobSpec spec, Function<Program.Jar, String> part) {
        return spec.program() instanceof Program.Jar jar ? part.apply(jar) : "";
    }

    private static String python(JobSpec spec) {
        return spec.program() instanceof Program.Python python
                ? join(python.file(), python.args())
                : "";
    }

    private static String dependencies(JobSpec spec) {
        return join(spec.dependencies().stream().map(ChangeTable::identity).toList());
    }

    /** The digest is the identity; without a lock file the coordinate must serve. */
    private static String identity(Artifact artifact) {
        return artifact.digest().map(Digest::hex).orElse(artifact.coordinate());
    }

    private static String restore(JobSpec spec) {
        return spec.lineage().restore().map(Lineage.Restore::toString).orElse("");
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static String join(String first, List<String> more) {
        return more.isEmpty() ? first : first + " " + join(more);
    }

    /** Keeps the borders between values: [a b] and [a, b] are not the same arguments. */
    private static String join(List<String> values) {
        return String.join(", ", values);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** All fields of one spec that the table reads, for tests. */
    static SortedMap<String, String> all(JobSpec spec) {
        SortedMap<String, String> all = new TreeMap<>();
        FIELDS.forEach(field -> all.putAll(field.values().apply(spec)));
        return all;
    }
}
