// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.reconcile.loop.SpecMistakes;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
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
        return SpecMistakes.isRemoved(reading, key)
                ? Optional.of(new Desired.Removed(reading.commit()))
                : lastGood;
    }

    /** Why the commit's own word is not in force; empty when it is. */
    List<Hold> mistakes(JobKey key) {
        return SpecMistakes.of(reading, key);
    }

    /** Warnings about the job, a line each. */
    List<String> warnings(JobKey key) {
        String file = Optional.ofNullable(reading.jobs().get(key))
                .map(EffectiveJob::file)
                .orElse("");
        return reading.findings().stream()
                .filter(finding -> !finding.isError())
                .filter(finding -> SpecMistakes.isOf(finding, key, file))
                .map(finding -> "warning: " + SpecMistakes.text(finding))
                .toList();
    }
}
