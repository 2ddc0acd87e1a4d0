// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * What programs find on a cluster and not where they are looked at before: a program that misses it here
 * may run there.
 *
 * @param names in words
 * @param signs what a program says that misses it; one of them is enough
 */
public record Elsewhere(List<String> names, List<String> signs) {
    /** The cluster has nothing that is not here. */
    public static final Elsewhere NOTHING = new Elsewhere(List.of(), List.of());

    /** {@code org.apache.flink.table.factories.FactoryUtil}, 1.15 to 2.3. */
    static final String NO_FACTORY = "Could not find any factory";

    public Elsewhere {
        names = List.copyOf(names);
        signs = List.copyOf(signs);
    }

    /** Jars on the class path of the cluster. */
    public static Elsewhere jars(List<String> names) {
        return new Elsewhere(names, List.of(NO_FACTORY, " cannot be found"));
    }

    /** Hadoop's files of configuration, which tell names of file systems and how to log in. */
    public static Elsewhere hadoop() {
        return new Elsewhere(
                List.of("Hadoop's configuration"),
                List.of(" is not known", "org.apache.hadoop.", "HADOOP_", "SIMPLE authentication"));
    }

    /** Both. */
    public Elsewhere and(Elsewhere other) {
        return names.isEmpty()
                ? other
                : other.names.isEmpty()
                        ? this
                        : new Elsewhere(joined(names, other.names), joined(signs, other.signs));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    boolean isMissedBy(String told) {
        return !names.isEmpty() && signs.stream().anyMatch(told::contains);
    }
}
