// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * The restarts that one commit causes move in a wave: the canaries first, the rest once one of them
 * is stable, none once too many failed.
 */
final class Waves {
    private final Round round;
    private final AdmissionPolicy policy;

    Waves(Round round, AdmissionPolicy policy) {
        this.round = round;
        this.policy = policy;
    }

    /**
     * Why a restart waits for its wave.
     *
     * @param admitted restarts of the wave that were admitted in this round
     */
    Optional<Hold> hold(CommitId wave, int admitted) {
        List<Applicant> jobs = round.ofWave(wave);
        List<Applicant> failed = jobs.stream().filter(Applicant::hasFailed).toList();
        if (failed.size() >= policy.stopAfterFailures()) {
            return Optional.of(new Hold(
                    Reason.CanaryFailed,
                    "commit " + wave.brief() + " failed on " + names(failed)
                            + "; the rest of its jobs stay as they are"));
        }
        if (policy.canary() == 0 || hasProven(jobs, wave)) {
            return Optional.empty();
        }
        List<Applicant> canaries = jobs.stream()
                .filter(job -> job.isInFlight() && !job.isTurning()
                        || job.isSoaking() && job.isStartedBy(wave))
                .toList();
        return canaries.size() + admitted < policy.canary()
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.WaitingForTurn,
                        "waits until a first job of commit " + wave.brief() + " is stable"
                                + (canaries.isEmpty() ? "" : ": " + names(canaries))));
    }

    private static boolean hasProven(List<Applicant> jobs, CommitId wave) {
        return jobs.stream().anyMatch(job -> job.isStable() && job.isStartedBy(wave));
    }

    private static String names(List<Applicant> jobs) {
        return Round.names(jobs.stream().map(Applicant::key).toList());
    }
}
