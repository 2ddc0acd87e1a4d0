// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Specs;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeClassesTest {
    @Test
    void everyComponentOfASpecHasARowAndEveryRowAComponent() {
        Set<String> components = Stream.of(JobSpec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> rows = ChangeTable.FIELDS.stream()
                .map(Field::component)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(components, rows);
    }

    @ParameterizedTest
    @CsvSource({
        "owner, NOOP",
        "link.grafana, NOOP",
        "maxStateAge, NOOP",
        "restarts, NOOP",
        "schedule, NOOP",
        "dependsOn, NOOP",
        "file, NOOP",
        "formerly, NOOP",
        "ignoreUnmanaged, NOOP",
        "kubernetes.ingress, NOOP",
        "kubernetes.artifacts.delivery, NOOP",
        "kubernetes.dns.hosts, LIVE",
        "conf.env.log.level, LIVE",
        "memory, RESTART_SAME_GRAPH",
        "kubernetes.podTemplate, RESTART_SAME_GRAPH",
        "kubernetes.via, RESTART_SAME_GRAPH",
        "yarn.queue, RESTART_SAME_GRAPH",
        "conf.taskmanager.numberOfTaskSlots, RESTART_SAME_GRAPH",
        "conf.execution.checkpointing.interval, RESTART_SAME_GRAPH",
        "conf.execution.checkpointing.mode, UPGRADE",
        "conf.table.exec.mini-batch.enabled, UPGRADE",
        "conf.pipeline.operator-chaining, UPGRADE",
        "conf.never.heard.of, UPGRADE",
        "sql, UPGRADE",
        "jar, UPGRADE",
        "dependency, UPGRADE",
        "conf.pipeline.max-parallelism, STATE_BACKEND",
        "conf.state.backend.type, STATE_BACKEND",
        "conf.state.backend.changelog.enabled, STATE_BACKEND",
        "version, VERSION",
        "cluster, MOVE",
        "mode, MOVE",
        "restore, EMPTY_START",
        "state, SUSPEND"
    })
    void aChangedFieldCostsWhatTheTableSays(String setting, ChangeClass expected) {
        JobSpec old = Specs.spec(Map.of());
        JobSpec next = Specs.spec(Map.of(setting, valueOf(setting)));

        assertEquals(expected, ChangeClasses.of(old, next));
        assertFalse(ChangeClasses.fields(old, next).isEmpty());
    }

    @Test
    void theDearestFieldDecides() {
        JobSpec old = Specs.spec(Map.of("owner", "a", "parallelism", "2"));
        JobSpec next = Specs.spec(Map.of("owner", "b", "parallelism", "3"));

        assertEquals(ChangeClass.RESCALE, ChangeClasses.of(old, next));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, UPGRADE", "2, 1, UPGRADE", "2, 3, RESCALE", "3, 2, RESCALE"})
    void betweenOneAndMoreTheGraphMayDiffer(String before, String after, ChangeClass expected) {
        JobSpec old = Specs.spec(Map.of("parallelism", before));
        JobSpec next = Specs.spec(Map.of("parallelism", after));

        assertEquals(expected, ChangeClasses.of(old, next));
    }

    @Test
    void equalSpecsDifferInNothing() {
        Map<String, String> settings = Map.of("sql", "x", "conf.a", "1", "conf.b", "2");
        Map<String, String> reordered = new TreeMap<>(settings).descendingMap();

        assertEquals(List.of(), ChangeClasses.fields(Specs.spec(settings), Specs.spec(reordered)));
        assertEquals(
                ChangeClass.NOOP, ChangeClasses.of(Specs.spec(settings), Specs.spec(reordered)));
    }

    @Test
    void aWordOnStateThatIsTakenBackCostsNothing() {
        JobSpec told = Specs.spec(Map.of("restore", "file:/sp#1"));

        assertEquals(ChangeClass.NOOP, ChangeClasses.of(told, Specs.spec(Map.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a, b; a|b",
                "a\\\", \\\"b; a|b",
                "a|; a",
                "|; ''",
                "a, \"b; a|\"b",
                "a\\|b; a\\\\|b",
                "'\"a\"'; a"
            })
    void otherArgumentsNeverLookAlike(String before, String after) {
        assertEquals(
                ChangeClass.UPGRADE, ChangeClasses.of(withArguments(before), withArguments(after)));
    }

    @Test
    void plainArgumentsAreShownAsTheyAre() {
        List<FieldChange> changes =
                ChangeClasses.fields(withArguments("a|b"), withArguments("a, b|c"));

        assertEquals("[a, b]", changes.get(0).before());
        assertEquals("[\"a, b\", c]", changes.get(0).after());
    }

    @Test
    void restartFieldsIgnoreWhatNeverRestarts() {
        String plain = ChangeClasses.restartFields(Specs.spec(Map.of()));
        String owned = ChangeClasses.restartFields(
                Specs.spec(Map.of("owner", "b", "restore", "file:/sp#1", "state", "suspended")));
        String larger = ChangeClasses.restartFields(Specs.spec(Map.of("parallelism", "2")));

        assertEquals(plain, owned);
        assertNotEquals(plain, larger);
        assertTrue(plain.contains("flink.version=1.20"));
    }

    /** A jar with arguments, written with bars between them. */
    private static JobSpec withArguments(String arguments) {
        Program jar = new Program.Jar(
                new Artifact("a:b:1", Optional.empty()),
                Optional.empty(),
                arguments.isEmpty() ? List.of() : List.of(arguments.split("\\|", -1)));
        return (JobSpec) Walk.with(Specs.spec(Map.of()), "program", jar);
    }

    private static String valueOf(String setting) {
        return switch (setting) {
            case "restarts" -> "2";
            case "maxStateAge" -> "PT1H";
            case "ignoreUnmanaged" -> "true";
            case "mode" -> "application";
            case "restore" -> "empty#1";
            case "state" -> "suspended";
            default -> "other";
        };
    }
}
