// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.observed.Observed;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything one decision looks at, and the questions all rules ask of it.
 *
 * @param sight what the observation says of the newest attempt
 * @param staging the phase of staging that the record was unwrapped from
 */
record Situation(
        Desired desired,
        JobRecord record,
        Observed observed,
        Sight sight,
        Surroundings around,
        Optional<Phase.Staging> staging,
        Instant now) {
    /** What git wants of the job. */
    enum Wish {
        RUN,
        SUSPEND,
        REMOVE
    }

    static Situation of(
            Desired desired,
            JobRecord record,
            Observed observed,
            Surroundings around,
            Optional<Phase.Staging> staging,
            Instant now) {
        Sight sight = Sight.of(observed, record.currentId());
        return new Situation(desired, record, observed, sight, around, staging, now);
    }

    /** The same with another record of the same attempt. */
    Situation with(JobRecord next) {
        return next == record
                ? this
                : new Situation(desired, next, observed, sight, around, staging, now);
    }

    Wish wish() {
        return wanted().map(job ->
                        job.spec().state() == JobSpec.State.RUNNING ? Wish.RUN : Wish.SUSPEND)
                .orElse(Wish.REMOVE);
    }

    /** The spec git asks for, whether or not it was refused. */
    Optional<EffectiveJob> wanted() {
        return desired instanceof Desired.Specified specified
                ? Optional.of(specified.job())
                : Optional.empty();
    }

    /** The refusal of what git asks for now. */
    Optional<Refusal> refusal() {
        return record.notes().refused().filter(refused -> refused.plan().equals(desired.plan()));
    }

    /** The spec in force on the newest attempt is the one that was refused. */
    boolean isDeployedRefused() {
        return refusal().isPresent()
                && record.deployed()
                        .filter(job -> job.digest().brief().equals(desired.plan()))
                        .isPresent();
    }

    /** The spec to run: git's, or the last good one while git's is refused. */
    Optional<EffectiveJob> target() {
        if (refusal().isEmpty()) {
            return wanted();
        }
        return isDeployedRefused() ? record.lastStable() : record.deployed();
    }

    /** The rules for changes: git's newest word on them, else those in force. */
    UpgradePolicy policy() {
        return wanted().or(record::deployed)
                .map(job -> job.spec().upgrade())
                .orElse(UpgradePolicy.DEFAULT);
    }

    /** What replacing the spec in force by another costs. */
    ChangeClass change(EffectiveJob next) {
        if (restore().isPresent() && refusal().isEmpty()) {
            return ChangeClass.EMPTY_START;
        }
        return record.deployed()
                .map(old -> ChangeClasses.withoutRestore(old.spec(), next.spec()))
                .orElse(ChangeClass.START);
    }

    /** A person's word on the state to start from, newer than the last that was honoured. */
    Optional<Lineage.Restore> restore() {
        return wanted().flatMap(job -> job.spec().lineage().restore())
                .filter(word -> record.notes()
                        .restoreNonce()
                        .filter(seen -> seen >= word.nonce())
                        .isEmpty());
    }

    /** The instant before which nothing is tried again, while it lies ahead. */
    Optional<Instant> pause() {
        return record.notes().retryAt().filter(instant -> instant.isAfter(now));
    }

    Optional<Digest> wantedDigest() {
        return wanted().map(EffectiveJob::digest);
    }

    /** Asks for proof that nothing runs, or for a search, where the last attempt was. */
    EffectiveJob place() {
        return record.deployed()
                .or(this::wanted)
                .orElseThrow(() ->
                        new IllegalStateException("neither deployed nor wanted: " + record.key()));
    }

    /** Before an heir's first start the attempts of its predecessor are the ones that might run. */
    Step proveAbsent() {
        Optional<JobRecord> former =
                around.predecessor().filter(old -> record.deployed().isEmpty());
        Optional<EffectiveJob> ran = former.flatMap(JobRecord::deployed);
        JobRecord asked = former.filter(old -> ran.isPresent()).orElseGet(() -> searched(record));
        return new Step.ProveAbsent(ran.orElseGet(this::place), asked.attempt(), asked.attempts());
    }

    Step discover() {
        return new Step.DiscoverState(place(), record.attempt(), record.notes().adopted());
    }

    /** A job without any attempt may have had some whose journal is lost. */
    static JobRecord searched(JobRecord record) {
        return record.currentId().isPresent() ? record : record.attemptAtLeast(Limits.LOOK_AHEAD);
    }

    /** Nothing more happens before a person acts. */
    Decision block(Reason reason, String text, String advice) {
        Phase.Blocked blocked =
                new Phase.Blocked(reason, text, advice, record.phase(), wantedDigest(), now);
        return Decision.hold(record.in(blocked), reason, text + "; " + advice);
    }
}
