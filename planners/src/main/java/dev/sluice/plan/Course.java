// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import java.util.Optional;

/**
 * Whether a job that is down would come back as something else than it went down, or not at all. One
 * that was stopped for that goes on; one that failed has begun nothing yet, and what git wants of it
 * may have to wait for an approval, a window or its turn. Until that is admitted it is looked after by
 * the spec in force.
 */
public final class Course {
    private Course() {}

    /** The wish would change what the job is, and nothing was begun for it. */
    public static boolean isNew(JobRecord record, Desired desired) {
        Notes notes = record.notes();
        boolean isBegun = notes.begun().filter(desired.plan()::equals).isPresent();
        boolean isRefused = notes.refused()
                .filter(refused -> refused.plan().equals(desired.plan()))
                .isPresent();
        return !isBegun
                && !isRefused
                && record.deployed().isPresent()
                && !isToRest(record, desired)
                && changes(record, desired);
    }

    /** It went down on purpose and shall stay down after all: the step is finished, nothing is stopped. */
    private static boolean isToRest(JobRecord record, Desired desired) {
        return record.notes().begun().isPresent() && !desired.isToRun();
    }

    private static boolean changes(JobRecord record, Desired desired) {
        if (!(desired instanceof Desired.Specified specified) || !desired.isToRun()) {
            return true;
        }
        JobSpec old = record.deployed().orElseThrow().spec();
        JobSpec next = specified.job().spec();
        return ChangeClasses.withoutRestore(old, next).needsStop() || hasNewWord(record, next);
    }

    private static boolean hasNewWord(JobRecord record, JobSpec next) {
        return next.lineage()
                .restore()
                .filter(word -> record.notes()
                        .restoreNonce()
                        .filter(seen -> seen >= word.nonce())
                        .isEmpty())
                .isPresent();
    }

    /** The job was stopped to become something else, and nothing was started since. */
    public static boolean isStoppedFor(JobRecord record) {
        Optional<String> inForce = record.deployed().map(EffectiveJob::digest).map(d -> d.brief());
        return record.notes().begun().isPresent() && !record.notes().begun().equals(inForce);
    }

    /** Nothing runs, and the job is on its way to run again. */
    public static boolean isDown(Phase phase) {
        return phase instanceof Phase.Recovering
                || phase instanceof Phase.Proving
                || phase instanceof Phase.Stopped;
    }
}
