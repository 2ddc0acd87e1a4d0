// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import java.util.List;
import java.util.Optional;

/** What the planned commit says of each job: a spec, nothing any more, or nothing that is valid. */
final class HeadJobs {
    private final CommitReading reading;

    HeadJobs(CommitReading reading) {
        this.reading = reading;
    }

    /**
     * What is wanted of a job.
     *
     * @param lastGood what stays in force where the commit's own word is invalid
     */
    Optional<Desired> wanted(JobKey key, Optional<Desired> lastGood) {
        if (reading.jobs().containsKey(key)) {
            return Optional.of(
                    new Desired.Specified(reading.commit(), reading.jobs().get(key)));
        }
        return isRemoved(key) ? Optional.of(new Desired.Removed(reading.commit())) : lastGood;
    }

    /** Why the commit's own word is not in force; empty when it is. */
    List<Hold> mistakes(JobKey key) {
        if (reading.jobs().containsKey(key) || isRemoved(key)) {
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

    /** Warnings about the job, a line each. */
    List<String> warnings(JobKey key) {
        String file = Optional.ofNullable(reading.jobs().get(key))
                .map(EffectiveJob::file)
                .orElse("");
        return reading.findings().stream()
                .filter(finding -> !finding.isError())
                .filter(finding -> isOf(finding, key, file))
                .map(finding -> "warning: " + text(finding))
                .toList();
    }

    private boolean isRemoved(JobKey key) {
        return reading.absenceIsCertain()
                && !reading.jobs().containsKey(key)
                && !reading.invalid().containsKey(key);
    }

    private static boolean isOf(SpecError finding, JobKey key, String file) {
        return finding.job().filter(key.display()::equals).isPresent()
                || finding.location().file().equals(file);
    }

    private static Hold invalid(String text) {
        return new Hold(Reason.SpecInvalid, text);
    }

    private static String text(SpecError finding) {
        return finding.location() + ": " + finding.message() + "; " + finding.nextStep();
    }
}
