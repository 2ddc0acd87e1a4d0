// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import java.util.Comparator;

/** A Flink release in the order of its numbers: 1.9.3 is before 1.20.0. */
public record PatchRelease(int major, int minor, int patch) implements Comparable<PatchRelease> {
    private static final Comparator<PatchRelease> ORDER = Comparator.comparingInt(
                    PatchRelease::major)
            .thenComparingInt(PatchRelease::minor)
            .thenComparingInt(PatchRelease::patch);

    /**
     * Reads {@code 1.20.1}, or {@code 1.20} as its first release. What follows the third number, such as
     * {@code -SNAPSHOT} or a vendor's own suffix, does not count.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static PatchRelease parse(String text) {
        String[] numbers = text.split("[.-]", 4);
        if (numbers.length < 2) {
            throw new IllegalArgumentException("not a Flink release: " + text);
        }
        try {
            int patch = numbers.length == 2 ? 0 : Integer.parseInt(numbers[2]);
            return new PatchRelease(
                    Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), patch);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a Flink release: " + text, e);
        }
    }

    boolean isOfTheMinorOf(PatchRelease other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(PatchRelease other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
