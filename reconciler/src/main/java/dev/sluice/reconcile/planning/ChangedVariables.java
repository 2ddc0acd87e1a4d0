// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.document.Plan;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.DeclaredVariables;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.variables.Declaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The shared variables that differ between two commits, and every job that uses one of them. */
final class ChangedVariables {
    private final CommitReading base;
    private final CommitReading head;
    private final SortedMap<String, SortedSet<String>> users = new TreeMap<>();

    private ChangedVariables(CommitReading base, CommitReading head) {
        this.base = base;
        this.head = head;
    }

    /** By variable; a variable that no job uses touches none and is left out. */
    static List<Plan.SharedChange> between(CommitReading base, CommitReading head) {
        ChangedVariables changed = new ChangedVariables(base, head);
        DeclaredVariables before = SpecReader.declared(base);
        DeclaredVariables after = SpecReader.declared(head);
        changed.compare(before.environment(), after.environment(), key -> true);
        SortedSet<String> teams = new TreeSet<>(before.teams().keySet());
        teams.addAll(after.teams().keySet());
        teams.forEach(team -> changed.compare(
                before.teams().getOrDefault(team, Collections.emptySortedMap()),
                after.teams().getOrDefault(team, Collections.emptySortedMap()),
                key -> key.team().equals(team)));
        List<Plan.SharedChange> changes = new ArrayList<>();
        changed.users.forEach(
                (name, jobs) -> changes.add(new Plan.SharedChange(name, List.copyOf(jobs))));
        return List.copyOf(changes);
    }

    private void compare(
            SortedMap<String, Declaration> before,
            SortedMap<String, Declaration> after,
            Predicate<JobKey> isInReach) {
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Optional<Declaration> old = Optional.ofNullable(before.get(name));
            Optional<Declaration> next = Optional.ofNullable(after.get(name));
            if (!said(old).equals(said(next))) {
                use(name, isInReach);
            }
        }
    }

    private void use(String name, Predicate<JobKey> isInReach) {
        for (CommitReading reading : List.of(base, head)) {
            reading.usage().variables().getOrDefault(name, new TreeSet<>()).stream()
                    .filter(isInReach)
                    .forEach(key -> users.computeIfAbsent(name, unused -> new TreeSet<>())
                            .add(key.display()));
        }
    }

    /** What is declared, without where: a moved line changes nothing. */
    private static String said(Optional<Declaration> declaration) {
        return declaration.map(found -> found.type() + " " + found.value()).orElse("");
    }
}
