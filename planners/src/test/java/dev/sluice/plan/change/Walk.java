// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All ways to change one leaf of a record. What is absent cannot be changed: its kind is not known. */
final class Walk {
    /** Records that are one value. */
    private static final Set<Class<?>> VALUES = Set.of(JobKey.class, Digest.class, JobId.class);

    /**
     * The whole with another value of one leaf.
     *
     * @param component {@code Record.component} of the leaf
     */
    record Change(String path, String component, Object changed) {
        private Change with(Object whole) {
            return new Change(path, component, whole);
        }
    }

    private Walk() {}

    static List<Change> changes(Record whole) {
        return changes("spec", whole);
    }

    /** {@code Record.component} of every leaf that a record of this type can have. */
    static Set<String> components(Class<?> type) {
        Set<String> found = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            List<Class<?>> below = records(component.getGenericType());
            if (below.isEmpty()) {
                found.add(name(component));
            }
            below.forEach(inner -> found.addAll(components(inner)));
        }
        return found;
    }

    private static List<Class<?>> records(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments())
                    .flatMap(argument -> records(argument).stream())
                    .toList();
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isSealed() && plain.isInterface()) {
            return List.of(plain.getPermittedSubclasses());
        }
        return plain.isRecord() && !VALUES.contains(plain) ? List.of(plain) : List.of();
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static List<Change> changes(String path, Record whole) {
        List<Change> changes = new ArrayList<>();
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            Object value = value(component, whole);
            if (value instanceof JobKey) {
                continue;
            }
            for (Change part : parts(path + "." + component.getName(), name(component), value)) {
                changes.add(part.with(with(whole, component.getName(), part.changed())));
            }
        }
        return changes;
    }

    private static List<Change> parts(String path, String component, Object value) {
        List<Change> changes = new ArrayList<>();
        if (value instanceof Optional<?> some && some.isPresent()) {
            parts(path, component, some.get())
                    .forEach(part -> changes.add(part.with(Optional.of(part.changed()))));
            changes.add(new Change(path + " is absent", component, Optional.empty()));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            parts(path, component, list.get(0))
                    .forEach(part -> changes.add(part.with(List.of(part.changed()))));
            changes.add(new Change(path + " is empty", component, List.of()));
        } else if (value instanceof Record part && !VALUES.contains(part.getClass())) {
            changes.addAll(changes(path, part));
        } else if (!(value instanceof Optional<?>) && !(value instanceof List<?>)) {
            changes.add(new Change(path, component, another(value)));
        }
        return changes;
    }

    private static Object another(Object value) {
        if (value instanceof Enum<?> word) {
            return Arrays.stream(word.getDeclaringClass().getEnumConstants())
                    .filter(other -> other != word)
                    .findFirst()
                    .orElseThrow();
        }
        if (value instanceof Map<?, ?> map) {
            TreeMap<Object, Object> more = new TreeMap<>(map);
            more.put("other", "1");
            return more;
        }
        return value instanceof String text ? text + "x" : anotherValue(value);
    }

    private static Object anotherValue(Object value) {
        Map<Class<?>, Object> others = Map.of(
                Integer.class,
                17,
                Long.class,
                17L,
                Double.class,
                17.5,
                Boolean.class,
                !Boolean.TRUE.equals(value),
                Digest.class,
                Digest.of("another"),
                JobId.class,
                new JobId("f".repeat(32)),
                Duration.class,
                Duration.ofSeconds(17));
        return value instanceof ZoneId ? ZoneId.of("Europe/Berlin") : others.get(value.getClass());
    }

    /** The record with another value of one component. */
    static Record with(Record whole, String component, Object value) {
        RecordComponent[] components = whole.getClass().getRecordComponents();
        Class<?>[] types =
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components)
                .map(each -> each.getName().equals(component) ? value : value(each, whole))
                .toArray();
        try {
            var constructor = whole.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component, e);
        }
    }

    private static Object value(RecordComponent component, Record whole) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(whole);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component.getName(), e);
        }
    }
}
