// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Jobs that wait for themselves, in time linear in the edges.
 *
 * @param members jobs on a cycle, and on a path from one cycle to another
 * @param edges job to those members it waits for
 */
record Cycles(SortedSet<String> members, SortedMap<String, List<String>> edges) {
    /** Longest path that a message spells out. */
    private static final int LONGEST = 12;

    static Cycles of(SortedMap<String, List<String>> graph) {
        SortedMap<String, List<String>> edges = known(graph, graph.keySet());
        SortedSet<String> left = withoutEnds(edges);
        edges = known(edges, left);
        left = withoutEnds(reversed(edges));
        return new Cycles(left, known(edges, left));
    }

    /** One way from a member back to something passed before. */
    String path(String start) {
        Set<String> path = new LinkedHashSet<>();
        String current = start;
        while (path.add(current) && path.size() < LONGEST) {
            List<String> next = edges.getOrDefault(current, List.of());
            current = next.isEmpty() ? start : next.get(0);
        }
        List<String> words = new ArrayList<>(path);
        words.add(path.size() < LONGEST ? current : "...");
        return String.join(" -> ", words);
    }

    /** Takes away, again and again, the jobs that nobody left waits for. */
    private static SortedSet<String> withoutEnds(SortedMap<String, List<String>> edges) {
        Map<String, Integer> waiting = new HashMap<>();
        edges.values()
                .forEach(targets ->
                        targets.forEach(target -> waiting.merge(target, 1, Integer::sum)));
        SortedSet<String> left = new TreeSet<>(edges.keySet());
        Deque<String> free = new ArrayDeque<>();
        edges.keySet().stream().filter(job -> !waiting.containsKey(job)).forEach(free::add);
        while (!free.isEmpty()) {
            String job = free.remove();
            left.remove(job);
            for (String target : edges.get(job)) {
                if (waiting.merge(target, -1, Integer::sum) == 0) {
                    free.add(target);
                }
            }
        }
        return left;
    }

    private static SortedMap<String, List<String>> known(
            SortedMap<String, List<String>> graph, Set<String> jobs) {
        SortedMap<String, List<String>> known = new TreeMap<>();
        jobs.forEach(job -> known.put(
                job, graph.get(job).stream().filter(jobs::contains).distinct().toList()));
        return known;
    }

    private static SortedMap<String, List<String>> reversed(SortedMap<String, List<String>> edges) {
        SortedMap<String, List<String>> reversed = new TreeMap<>();
        edges.keySet().forEach(job -> reversed.put(job, new ArrayList<>()));
        edges.forEach(
                (job, targets) -> targets.forEach(target -> reversed.get(target).add(job)));
        return reversed;
    }
}
