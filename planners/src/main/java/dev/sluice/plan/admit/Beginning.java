// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;

/** What a decision would begin. */
enum Beginning {
    /** A start after a failure. */
    RECOVERY,
    /** A start of a job that was down on purpose, or never ran. */
    START,
    /**
     * A stop of a running job to start another spec in its place, or a restart in place by Flink, or
     * another spec in place of one that failed.
     */
    RESTART,
    /** A stop of a running job that is not started again, or a job that failed and stays down. */
    STOP,
    /** Nothing new: the next step of something begun, a look, or nothing at all. */
    NOTHING;

    static Beginning of(Applicant applicant) {
        if (applicant.isStopped() || applicant.isTurning()) {
            return stopOf(applicant);
        }
        if (applicant.isFreed()) {
            return applicant.desired().isToRun() ? START : STOP;
        }
        if (applicant.isUpright() || applicant.decision().step().isEmpty()) {
            return NOTHING;
        }
        Step step = applicant.decision().step().get();
        Phase phase = applicant.phase();
        if (isDown(phase)) {
            return step instanceof Step.Stage ? NOTHING : START;
        }
        // A started id is final, so only the step that first names it begins something.
        boolean isStart = step instanceof Step.Start && !(phase instanceof Phase.Starting);
        return isStart && applicant.hasFailedLately() ? RECOVERY : NOTHING;
    }

    private static Beginning stopOf(Applicant applicant) {
        return applicant.desired().isToRun() ? RESTART : STOP;
    }

    private static boolean isDown(Phase phase) {
        return phase instanceof Phase.Absent
                || phase instanceof Phase.Suspended
                || phase instanceof Phase.Finished;
    }
}
