// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.StatePointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan was made from. When it is applied later, the basis is taken again and compared: a plan
 * whose basis changed is made anew, and this says what changed.
 *
 * @param desired id of the wish
 * @param deployed digest of the spec in force, or {@code none}
 * @param attempt newest attempt
 * @param phase where the job was
 * @param newestState path of the state known now that the plan restores, or {@code none}
 * @param observed what the cluster showed
 */
public record Basis(
        String desired,
        String deployed,
        int attempt,
        String phase,
        String newestState,
        String observed) {
    public Basis {
        requireNonNull(desired, "desired is null");
        requireNonNull(deployed, "deployed is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(newestState, "newestState is null");
        requireNonNull(observed, "observed is null");
    }

    /** @param restored the state known now that the plan restores */
    static Basis of(
            Desired desired, JobRecord record, Observed observed, Optional<StatePointer> restored) {
        Sight sight = Sight.of(observed, record.currentId());
        return new Basis(
                desired.plan(),
                record.deployed()
                        .map(EffectiveJob::digest)
                        .map(Object::toString)
                        .orElse("none"),
                record.attempt(),
                (record.phase() instanceof Phase.Staging staging
                                ? staging.before()
                                : record.phase())
                        .word(),
                restored.map(StatePointer::path).orElse("none"),
                sight.job()
                        .map(LiveJob::status)
                        .map(Enum::name)
                        .orElse(sight.kind().name()));
    }

    /**
     * What no longer holds, a sentence each; empty when the plan still stands. A job that failed and
     * came back as it was is what it was, with another number: the plan still says what will be done.
     */
    public List<String> changedTo(Basis now) {
        List<String> changes = new ArrayList<>();
        compare(changes, "git wants", desired, now.desired);
        compare(changes, "the spec in force is", deployed, now.deployed);
        if (!isUp(phase) || !isUp(now.phase)) {
            compare(changes, "the newest attempt is", "" + attempt, "" + now.attempt);
            compare(changes, "the job is in phase", phase, now.phase);
        }
        compare(changes, "the state to restore is", newestState, now.newestState);
        compare(changes, "the cluster shows", observed, now.observed);
        return List.copyOf(changes);
    }

    private static boolean isUp(String phase) {
        return phase.equals("Stable") || phase.equals("Verifying");
    }

    private static void compare(List<String> changes, String what, String then, String now) {
        if (!then.equals(now)) {
            changes.add(what + " " + now + ", planned was " + then);
        }
    }
}
