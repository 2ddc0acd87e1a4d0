// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import java.util.List;

/** Why a commit's own word on a job is not in force, in the words of holds. */
public final class SpecMistakes {
    private SpecMistakes() {}

    /** Empty when the commit has a valid spec of the job, or surely none. */
    public static List<Hold> of(CommitReading reading, JobKey key) {
        if (reading.jobs().containsKey(key) || isRemoved(reading, key)) {
            return List.of();
        }
        String file = reading.invalid().get(key);
        if (file == null) {
            return List.of(invalid("this job may be one of "
                    + String.join(", ", reading.unreadable())
                    + ", which cannot be read; mend that first"));
        }
        List<Hold> told = reading.findings().stream()
                .filter(SpecError::isError)
                .filter(error -> isOf(error, key, file))
                .map(error -> invalid(text(error)))
                .toList();
        return told.isEmpty() ? List.of(invalid(file + " has mistakes")) : told;
    }

    /** True when the commit surely names the job no more. */
    public static boolean isRemoved(CommitReading reading, JobKey key) {
        return reading.absenceIsCertain()
                && !reading.jobs().containsKey(key)
                && !reading.invalid().containsKey(key);
    }

    /** True when a finding is about the job or its file. */
    public static boolean isOf(SpecError finding, JobKey key, String file) {
        return finding.job().filter(key.display()::equals).isPresent()
                || finding.location().file().equals(file);
    }

    /** A finding in one line: place, mistake, next step. */
    public static String text(SpecError finding) {
        return finding.location() + ": " + finding.message() + "; " + finding.nextStep();
    }

    private static Hold invalid(String text) {
        return new Hold(Reason.SpecInvalid, text);
    }
}
