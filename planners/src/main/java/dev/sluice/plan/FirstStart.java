// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.List;
import java.util.Optional;

/** The start of a job that the journal has never seen started. */
final class FirstStart {
    private final Situation situation;
    private final JobRecord record;
    private final EffectiveJob wanted;

    FirstStart(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
        this.wanted = situation.wanted().orElseThrow();
    }

    /** What stands in the way of a first start, if anything; adoption takes its place. */
    Optional<Decision> instead() {
        if (situation.observed() instanceof Observed.Unknown unknown) {
            return Optional.of(Decision.hold(record, Reason.ClusterUnknown, unknown.reason()));
        }
        if (wanted.spec().lineage().adopt().isPresent()) {
            return Optional.of(adopted());
        }
        Sight sight = situation.sight();
        if (!sight.live().isEmpty()) {
            return Optional.of(situation.block(
                    Reason.RunsUnexpectedly,
                    "an attempt that the journal does not know runs: " + sight.liveIds(),
                    "bring the journal back, or end the attempt by hand"));
        }
        return unmanaged();
    }

    /** With the artifacts at hand: an heir takes over, any other job is searched for first. */
    Decision begin() {
        return new Succession(situation).predecessor().orElseGet(this::searchEarlierLife);
    }

    private Decision searchEarlierLife() {
        Phase next =
                new Phase.Recovering(Reason.FirstStart, true, Optional.empty(), situation.now());
        return Decision.act(record.in(next), situation.discover(), Reason.FirstStart);
    }

    private Decision adopted() {
        Optional<LiveJob> job = situation.around().adoptable();
        if (job.isEmpty()) {
            return Decision.hold(
                    record, Reason.Adopting, "the job to adopt is not seen on the cluster");
        }
        Phase next = new Phase.Verifying(
                job.get().id(),
                new RestoreFrom.Empty("adopted"),
                Optional.empty(),
                situation.now());
        JobRecord taken = record.deployed(wanted)
                .with(record.notes().adopted(job.get().id(), wanted.commit()))
                .in(next);
        return Decision.rest(taken, Reason.Adopting);
    }

    private Optional<Decision> unmanaged() {
        List<LiveJob> same = situation.observed() instanceof Observed.NotListed listed
                ? listed.sameName()
                : List.of();
        if (same.isEmpty() || wanted.spec().lineage().ignoreUnmanaged()) {
            return Optional.empty();
        }
        return Optional.of(Decision.hold(
                record,
                Reason.UnmanagedSameName,
                "a job of the same name that nobody claims runs as "
                        + same.get(0).id() + "; adopt it, end it, or set ignoreUnmanaged"));
    }
}
