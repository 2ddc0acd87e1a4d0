// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a person most likely meant. */
public final class NearestName {
    private NearestName() {}

    /** A suggestion for {@code nextStep}: {@code did you mean 'x'?}, or the whole list when it is short. */
    public static String suggest(String found, Collection<String> known) {
        Optional<String> nearest = of(found, known);
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        if (known.isEmpty()) {
            return "there is nothing to choose from here";
        }
        String all = String.join(", ", known.stream().sorted().limit(12).toList());
        return "use one of: " + all + (known.size() > 12 ? ", ..." : "");
    }

    /** The known name with the smallest edit distance, when it is near enough to be a slip. */
    public static Optional<String> of(String found, Collection<String> known) {
        int allowed = Math.min(3, found.length() / 3);
        return known.stream()
                .filter(name -> distance(found, name) <= allowed)
                .min(Comparator.comparingInt((String name) -> distance(found, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Optimal string alignment: insert, delete, replace or swap neighbours; case does not count. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > 3) {
            return 4;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = cell(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cell(int[][] cost, String a, String b, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
