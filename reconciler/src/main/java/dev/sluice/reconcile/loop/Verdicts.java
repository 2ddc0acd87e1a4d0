// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What becomes of the decisions of one round. A job whose decision is admitted does that. A job whose
 * wish must wait is decided again by the spec in force, and does that, if it is admitted in its turn:
 * a recovery, or nothing but to be looked at. Else it stays as it is.
 *
 * <p>So a job that fails while its change waits comes back as it was, and one that soaks becomes
 * stable while its next change waits.
 */
final class Verdicts {
    /** Says who must wait: by what was decided, and for whom by the spec in force. */
    interface Admitting {
        SortedMap<JobKey, Hold> holds(
                Map<JobKey, Decision> decisions, Map<JobKey, Desired> meanwhile);
    }

    /** Decides for a job by the spec in force; empty where that changes nothing. */
    interface Caring {
        Optional<Decision> meanwhile(Desk desk);
    }

    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    private final Collection<Desk> desks;
    private final SortedMap<JobKey, Decision> decisions;
    private final Instant now;
    private final SortedMap<JobKey, Hold> waiting = new TreeMap<>();
    private SortedMap<JobKey, Hold> holds = new TreeMap<>();
    private Admitting admission = (decided, meanwhile) -> new TreeMap<>();

    /** @param decisions by what git wants, of the jobs that were due */
    Verdicts(Collection<Desk> desks, Map<JobKey, Decision> decisions, Instant now) {
        this.desks = desks;
        this.decisions = new TreeMap<>(decisions);
        this.now = now;
    }

    Verdicts admit(Admitting next) {
        admission = next;
        holds = new TreeMap<>(admission.holds(decisions, Map.of()));
        return this;
    }

    Verdicts careFor(Caring caring) {
        SortedMap<JobKey, Desired> meanwhile = new TreeMap<>();
        for (Desk desk : desks) {
            Optional.ofNullable(holds.get(desk.key()))
                    .filter(hold -> decisions.containsKey(desk.key()))
                    .ifPresent(hold -> caring.meanwhile(desk).ifPresent(care -> {
                        waiting.put(desk.key(), holds.remove(desk.key()));
                        decisions.put(desk.key(), caredFor(care, hold, now));
                        desk.asDeployed().ifPresent(spec -> meanwhile.put(desk.key(), spec));
                    }));
        }
        boolean hasSteps = meanwhile.keySet().stream()
                .anyMatch(key -> decisions.get(key).step().isPresent());
        if (hasSteps) {
            holds = new TreeMap<>(admission.holds(decisions, meanwhile));
        }
        return this;
    }

    /** By job, what would be done if nothing held it back. */
    SortedMap<JobKey, Decision> decisions() {
        return Collections.unmodifiableSortedMap(decisions);
    }

    /** What git wants of the job must wait. */
    boolean isHeld(Desk desk) {
        return holds.containsKey(desk.key()) || waiting.containsKey(desk.key());
    }

    /** What is done for a job that was due. */
    Decision of(Desk desk) {
        Decision decision = decisions.get(desk.key());
        return Optional.ofNullable(holds.get(desk.key()))
                .map(hold -> heldBack(desk, decision, hold, now))
                .orElse(decision);
    }

    /** A decision whose beginning must wait: nothing changes, and it is asked again soon. */
    static Decision heldBack(Desk desk, Decision decision, Hold hold, Instant now) {
        return new Decision(
                desk.record(),
                Optional.empty(),
                with(decision.holds(), hold),
                hold.reason(),
                Optional.of(now.plus(ASKED_AGAIN)));
    }

    private static Decision caredFor(Decision care, Hold hold, Instant now) {
        Instant again = now.plus(ASKED_AGAIN);
        return new Decision(
                care.next(),
                care.step(),
                with(care.holds(), hold),
                care.step().isPresent() ? care.reason() : hold.reason(),
                Optional.of(care.comeBackAt().filter(again::isAfter).orElse(again)));
    }

    private static List<Hold> with(List<Hold> holds, Hold hold) {
        List<Hold> all = new ArrayList<>(holds);
        all.add(hold);
        return all;
    }
}
