// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.plan.AdoptedJob;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.PhaseTimes;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.loop.Board.JobNotice;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.Link;
import dev.sluice.web.view.StatusWords;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One row of the fleet table from one notice. */
public final class FleetRows {
    private static final Set<Reason> QUIET = EnumSet.of(
            Reason.FirstStart, Reason.InSync, Reason.Stable, Reason.Finished, Reason.SpecChanged);

    private FleetRows() {}

    /** A removed job that holds nothing any more is not a row; one that never had a valid spec is. */
    public static boolean isShown(JobNotice notice) {
        boolean wanted =
                notice.wanted().filter(Desired.Specified.class::isInstance).isPresent();
        return wanted
                || !notice.holds().isEmpty()
                || !(notice.record().phase() instanceof Phase.Absent);
    }

    /** The row of a job. */
    public static FleetRow of(JobNotice notice) {
        JobRecord record = notice.record();
        Optional<EffectiveJob> shown = shown(notice);
        return new FleetRow(
                record.key(),
                shown.map(job -> job.spec().ownership()),
                status(notice),
                shown.map(job -> target(job.spec())),
                new FleetRow.Revision(record.notes().startedBy(), desired(notice)),
                attempt(record),
                record.lineage().stream().findFirst(),
                links(notice, shown),
                said(notice),
                notice.lookedAt());
    }

    /** What holds the job, and which health rules it breaks. */
    private static List<Hold> said(JobNotice notice) {
        List<Hold> said = new ArrayList<>(notice.holds());
        notice.complaints().forEach(text -> said.add(new Hold(Reason.Unhealthy, text)));
        AdoptedJob.doubt(notice.record(), live(notice))
                .ifPresent(text -> said.add(new Hold(Reason.Adopting, text)));
        return said;
    }

    /** The spec that git wants; of a removed job, the one that was deployed last. */
    static Optional<EffectiveJob> shown(JobNotice notice) {
        return notice.wanted()
                .filter(Desired.Specified.class::isInstance)
                .map(wanted -> ((Desired.Specified) wanted).job())
                .or(notice.record()::deployed);
    }

    private static FleetRow.Target target(JobSpec spec) {
        return new FleetRow.Target(
                spec.flink().version(), spec.flink().cluster(), spec.resources().parallelism());
    }

    private static Optional<CommitId> desired(JobNotice notice) {
        return notice.wanted().filter(Desired.Specified.class::isInstance).map(Desired::commit);
    }

    private static FleetRow.Attempt attempt(JobRecord record) {
        return new FleetRow.Attempt(record.attempt(), record.currentId());
    }

    private static FleetRow.Status status(JobNotice notice) {
        return new FleetRow.Status(
                words(notice),
                reason(notice),
                notice.record().phase().word(),
                PhaseTimes.since(notice.record().phase())
                        .orElse(notice.observed().at()));
    }

    /** An invalid newest spec says more than that the older one runs well. */
    private static Reason reason(JobNotice notice) {
        boolean isInvalid =
                notice.holds().stream().anyMatch(hold -> hold.reason() == Reason.SpecInvalid);
        boolean isQuiet = QUIET.contains(notice.reason());
        if (isInvalid && isQuiet) {
            return Reason.SpecInvalid;
        }
        return isQuiet && !notice.complaints().isEmpty() ? Reason.Unhealthy : notice.reason();
    }

    private static StatusWords words(JobNotice notice) {
        boolean isSomewhere =
                notice.wanted().isPresent() || notice.record().deployed().isPresent();
        if (isSomewhere && notice.observed() instanceof Observed.Unknown) {
            return StatusWords.unreachable();
        }
        StatusWords phase = StatusWords.of(notice.record().phase());
        StatusWords words = notice.complaints().isEmpty() ? phase : phase.unhealthy();
        if (!notice.holds().isEmpty()
                || AdoptedJob.difference(notice.record(), live(notice)).isPresent()) {
            return words.drifted();
        }
        return notice.record().isAdopted() ? words.unsure() : words;
    }

    private static List<Link> links(JobNotice notice, Optional<EffectiveJob> shown) {
        List<Link> links = new ArrayList<>();
        live(notice).flatMap(LiveJob::webUrl).ifPresent(url -> links.add(new Link("Flink", url)));
        shown.ifPresent(job -> job.spec()
                .links()
                .forEach((label, address) ->
                        links.add(new Link(label, LinkText.fill(address, notice.record())))));
        return links;
    }

    /** The newest attempt as the cluster lists it. */
    static Optional<LiveJob> live(JobNotice notice) {
        if (notice.observed() instanceof Observed.Present present) {
            JobRecord record = notice.record();
            return present.attempts().stream()
                    .filter(job -> record.currentId().filter(job.id()::equals).isPresent())
                    .findFirst();
        }
        return Optional.empty();
    }
}
