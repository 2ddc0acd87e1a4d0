// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.List;
import java.util.Locale;
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
        Adoptable adoptable = situation.around().adoptable();
        if (adoptable instanceof Adoptable.Taken taken) {
            return Decision.hold(record, Reason.OwnedByOther, taken.whose());
        }
        if (!(adoptable instanceof Adoptable.Free free)) {
            return Decision.hold(
                    record, Reason.Adopting, "the job to adopt is not seen on the cluster");
        }
        return obstacle(free.job())
                .map(text -> Decision.hold(record, Reason.Adopting, text))
                .orElseGet(() -> taken(free.job()));
    }

    /** What must be known or put right before the job is taken over as it is. */
    private Optional<String> obstacle(LiveJob job) {
        FlinkTarget flink = wanted.spec().flink();
        if (!job.flinkVersion().equals(flink.version())) {
            return Optional.of("the job to adopt runs on Flink " + job.flinkVersion()
                    + ", the spec says " + flink.version()
                    + "; adopt it as it is, and change the version with the next commit");
        }
        if (JobShape.hasOwnCluster(wanted.spec())) {
            return Optional.of("the job to adopt runs in a session cluster, the spec says mode "
                    + flink.mode().name().toLowerCase(Locale.ROOT)
                    + "; adopt it as it is, and change the mode with the next commit");
        }
        if (job.status() != JobStatus.RUNNING) {
            return Optional.of("the job to adopt is " + job.status());
        }
        return job.detail().isPresent()
                ? Optional.empty()
                : Optional.of("asks the cluster what state the job to adopt has");
    }

    /** What it was restored from is all that is known of its state, until a checkpoint is seen. */
    private Decision taken(LiveJob job) {
        JobRecord known = job.detail()
                .flatMap(JobDetail::restoredPath)
                .map(path -> record.learned(Launch.named(path, wanted).pointer()))
                .orElse(record);
        Phase next = new Phase.Verifying(
                job.id(), new RestoreFrom.Empty("adopted"), Optional.empty(), situation.now());
        return Decision.rest(
                known.deployed(wanted)
                        .with(known.notes().adopted(job.id(), wanted.commit()))
                        .in(next),
                Reason.Adopting);
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
