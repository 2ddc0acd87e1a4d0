// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What differs between the trees of two commits.
 *
 * @param paths whose content, kind or presence differs
 * @param hasSamePaths no path came or went
 */
record Changes(Set<String> paths, boolean hasSamePaths) {
    /** Stands behind the last entry of a tree. */
    private static final Map.Entry<String, Tree.Entry> NONE =
            Map.entry("", new Tree.Entry("", "", Tree.Kind.FILE, 0));

    Changes {
        paths = Set.copyOf(paths);
    }

    /** Walks both trees side by side; what they share is compared by identity first. */
    static Changes between(
            SortedMap<String, Tree.Entry> before, SortedMap<String, Tree.Entry> after) {
        Set<String> paths = new HashSet<>();
        boolean hasSamePaths = before.size() == after.size();
        Iterator<Map.Entry<String, Tree.Entry>> olds = before.entrySet().iterator();
        Iterator<Map.Entry<String, Tree.Entry>> news = after.entrySet().iterator();
        Map.Entry<String, Tree.Entry> old = next(olds);
        Map.Entry<String, Tree.Entry> now = next(news);
        while (old != NONE || now != NONE) {
            int order = order(old, now);
            if (order != 0) {
                hasSamePaths = false;
                paths.add(order < 0 ? old.getKey() : now.getKey());
            } else if (old.getValue() != now.getValue() && !old.getValue().equals(now.getValue())) {
                paths.add(now.getKey());
            }
            old = order <= 0 ? next(olds) : old;
            now = order >= 0 ? next(news) : now;
        }
        return new Changes(paths, hasSamePaths);
    }

    private static Map.Entry<String, Tree.Entry> next(
            Iterator<Map.Entry<String, Tree.Entry>> entries) {
        return entries.hasNext() ? entries.next() : NONE;
    }

    private static int order(Map.Entry<String, Tree.Entry> old, Map.Entry<String, Tree.Entry> now) {
        if (old == NONE || now == NONE) {
            return old == NONE ? 1 : -1;
        }
        return old.getKey().compareTo(now.getKey());
    }

    /** Whether anything that jobs have in common may differ. */
    boolean concern(Shared shared) {
        return paths.stream()
                .anyMatch(path -> path.startsWith("environments/")
                        || path.startsWith("teams/")
                        || shared.seen().containsKey(path));
    }

    /** Whether a job looked at anything that differs. */
    boolean concern(JobReading reading) {
        for (String path : reading.seen().keySet()) {
            if (paths.contains(path)) {
                return true;
            }
        }
        return false;
    }
}
