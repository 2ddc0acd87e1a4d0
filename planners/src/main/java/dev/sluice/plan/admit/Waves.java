// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * The restarts that one commit causes move in a wave: the canaries first, the rest once one of them
 * is stable, none once too many failed. Canaries that do not become stable in time let nobody go
 * either; but then the wave says that it has come to a stop, and what a person can do.
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
        if (canaries.size() + admitted < policy.canary()) {
            return Optional.empty();
        }
        boolean isStuck = admitted == 0
                && canaries.stream().allMatch(job -> job.isOverdue(policy.canaryTimeout()));
        return Optional.of(
                isStuck
                        ? new Hold(Reason.CanaryStuck, stuck(wave, canaries))
                        : new Hold(
                                Reason.WaitingForTurn,
                                "waits until a first job of commit " + wave.brief() + " is stable"
                                        + (canaries.isEmpty() ? "" : ": " + names(canaries))));
    }

    private static String stuck(CommitId wave, List<Applicant> canaries) {
        String since = String.join(
                ", ",
                canaries.stream()
                        .map(job -> job.key().display() + " (" + job.phase().word() + ", on its way"
                                + " since " + job.onItsWaySince() + ")")
                        .toList());
        return "commit " + wave.brief() + " has stopped: " + since
                + " is not stable yet; see to it,"
                + " and the rest goes on when it is, or revert or suspend it by a commit, and"
                + " another job goes first";
    }

    private static boolean hasProven(List<Applicant> jobs, CommitId wave) {
        return jobs.stream().anyMatch(job -> job.isStable() && job.isStartedBy(wave));
    }

    private static String names(List<Applicant> jobs) {
        return Round.names(jobs.stream().map(Applicant::key).toList());
    }
}
