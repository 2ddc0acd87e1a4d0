// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Specs;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Walks every component of a spec, nested ones too: none may change unnoticed. */
class EveryFieldTest {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("discardable", "a reason"),
            Map.entry("memory", "1g"),
            Map.entry("dependency", "a:b:1"),
            Map.entry("schedule", "0 0 * * * ?"),
            Map.entry("dependsOn", "payments/other"),
            Map.entry("formerly", "payments/old"),
            Map.entry("conf.a", "1"),
            Map.entry("link.a", "https://a"),
            Map.entry("yarn.queue", "etl"),
            Map.entry("kubernetes.namespace", "flink"));

    /** Another value of one leaf, put into the whole. */
    private record Change(String path, Object changed) {}

    @TestFactory
    Stream<DynamicTest> noComponentChangesUnnoticed() throws ReflectiveOperationException {
        JobSpec spec = Specs.spec(SETTINGS);
        List<Change> changes = changes("spec", spec);
        assertTrue(changes.size() > 25, changes.size() + " components");
        return changes.stream()
                .map(change -> DynamicTest.dynamicTest(
                        change.path(),
                        () -> assertFalse(ChangeClasses.fields(spec, (JobSpec) change.changed())
                                .isEmpty())));
    }

    private static List<Change> changes(String path, Record whole)
            throws ReflectiveOperationException {
        List<Change> changes = new ArrayList<>();
        RecordComponent[] components = whole.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String below = path + "." + components[i].getName();
            components[i].getAccessor().setAccessible(true);
            Object value = components[i].getAccessor().invoke(whole);
            if (value instanceof JobKey) {
                continue;
            }
            for (Change part : parts(below, value)) {
                changes.add(new Change(part.path(), with(whole, i, part.changed())));
            }
        }
        return changes;
    }

    private static List<Change> parts(String path, Object value)
            throws ReflectiveOperationException {
        if (value instanceof Record part) {
            return changes(path, part);
        }
        Optional<Object> inside = value instanceof Optional<?> some
                ? some.map(Function.identity())
                : Optional.empty();
        if (inside.filter(Record.class::isInstance).isPresent()) {
            return changes(path, (Record) inside.get()).stream()
                    .map(part -> new Change(part.path(), Optional.of(part.changed())))
                    .toList();
        }
        return another(value).map(next -> new Change(path, next)).stream().toList();
    }

    /** Empty for what is not there, whose kind a value does not tell. */
    private static Optional<Object> another(Object value) {
        if (value instanceof Enum<?> word) {
            return Arrays.stream(word.getDeclaringClass().getEnumConstants())
                    .filter(other -> other != word)
                    .findFirst()
                    .map(Function.identity());
        }
        if (value instanceof SortedMap<?, ?> map) {
            TreeMap<Object, Object> more = new TreeMap<>((Map<?, ?>) map);
            more.put("other", "1");
            return Optional.of(more);
        }
        if (value instanceof Optional<?> some) {
            return some.isPresent() ? Optional.of(Optional.empty()) : Optional.empty();
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? Optional.empty() : Optional.of(List.of());
        }
        return Optional.of(
                value instanceof Duration time
                        ? time.plusSeconds(1)
                        : value instanceof Integer number
                                ? number + 1
                                : value instanceof Boolean bool
                                        ? !bool
                                        : value instanceof ZoneId
                                                ? ZoneId.of("Europe/Berlin")
                                                : value + "x");
    }

    private static Record with(Record whole, int place, Object value)
            throws ReflectiveOperationException {
        RecordComponent[] components = whole.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            components[i].getAccessor().setAccessible(true);
            types[i] = components[i].getType();
            values[i] = i == place ? value : components[i].getAccessor().invoke(whole);
        }
        var constructor = whole.getClass().getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return (Record) constructor.newInstance(values);
    }
}
