// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that was cancelled and does not end. Its cluster is ended for it, where it is the job's own
 * and the state to go on from is known; retained checkpoints outlive their cluster.
 */
final class EndRules {
    private final Situation situation;
    private final JobRecord record;

    EndRules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    /** A cancel was asked for long ago. */
    Decision unending(EffectiveJob running, JobId id) {
        Step cancel = new Step.Cancel(running, record.attempt(), id);
        if (!JobShape.hasOwnCluster(running.spec())) {
            return Decision.act(record, cancel, hold("other jobs share its cluster; end it there"));
        }
        if (situation.pause().isPresent()) {
            return Decision.act(record, cancel, hold("its cluster could not be ended"));
        }
        Optional<StatePointer> own = StateChoice.own(record, record.newestState());
        boolean isFree = !situation.policy().isStateRequired();
        if (own.isEmpty() && record.notes().checkpointed() && !isFree) {
            return Decision.act(record, situation.discover(), hold("looks for its newest state"));
        }
        if (!isFree && own.filter(this::isOld).isPresent()) {
            return Decision.act(
                    record,
                    cancel,
                    hold("its newest checkpoint " + own.get().path()
                            + " is older than maxStateAge, so its cluster is not ended for it"));
        }
        Step end = new Step.EndCluster(running, record.attempt(), id);
        return Decision.act(record, end, hold("its cluster is ended, nothing else runs there"));
    }

    private boolean isOld(StatePointer pointer) {
        Instant last = record.lastSeenRunning().orElse(situation.now());
        return !StateChoice.isYoung(pointer, last, situation.policy());
    }

    private static Hold hold(String what) {
        return new Hold(
                Reason.WaitingForTerminal,
                "the job does not end, " + Limits.CANCEL.toMinutes()
                        + " minutes after it was cancelled; " + what);
    }
}
