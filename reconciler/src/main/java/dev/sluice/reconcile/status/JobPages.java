// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.plan.StepText;
import dev.sluice.reconcile.git.CommitInfo;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.LedgerEntry;
import dev.sluice.reconcile.journal.LiveLineage;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Board.JobNotice;
import dev.sluice.reconcile.loop.StandingPlan;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Program;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.read.JobSpecText;
import dev.sluice.web.view.JobPage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One job's page: the notice board for now, the journal for before. */
final class JobPages {
    private static final int TIMELINE = 100;
    private static final int COMMITS = 500;

    private final Journal journal;
    private final Board.GitNotice git;

    JobPages(Journal journal, Board.GitNotice git) {
        this.journal = journal;
        this.git = git;
    }

    JobPage of(JobNotice notice) {
        JobKey key = notice.record().key();
        List<HistoryEntry> history = journal.history(key, TIMELINE);
        List<LedgerEntry> states = journal.states(key);
        LiveLineage lineage = LiveLineage.of(Optional.of(notice.record()));
        return new JobPage(
                FleetRows.of(notice),
                next(notice),
                stored(notice),
                history.stream().map(Timeline::entry).toList(),
                states.stream().map(entry -> state(entry, lineage)).toList(),
                FleetRows.shown(notice).map(JobPages::definition),
                FleetRows.live(notice).flatMap(LiveJob::detail).flatMap(JobDetail::rootCause),
                findings(key),
                commits(history));
    }

    /** What the loop itself has decided and begun: nothing is decided for the page. */
    private static List<JobPage.PlannedStep> next(JobNotice notice) {
        return notice
                .underWay()
                .map(StepText::words)
                .map(words -> new JobPage.PlannedStep(words.verb(), words.taken()))
                .stream()
                .toList();
    }

    /** The plan that the loop goes by for what is wanted now. */
    private Optional<JobPage.StoredPlan> stored(JobNotice notice) {
        return notice.wanted()
                .flatMap(wanted -> StandingPlan.newest(journal, notice.record().key())
                        .filter(plan -> plan.isOf(wanted)))
                .map(plan -> new JobPage.StoredPlan(plan.id(), plan.commit(), plan.lines()));
    }

    private static JobPage.LedgerEntry state(LedgerEntry entry, LiveLineage lineage) {
        JobPage.Standing standing = switch (lineage.standing(entry)) {
            case LIVE -> JobPage.Standing.LIVE;
            case KEPT -> JobPage.Standing.KEPT;
            case CONSUMED -> JobPage.Standing.CONSUMED;
            case GONE -> JobPage.Standing.GONE;
        };
        return new JobPage.LedgerEntry(entry.pointer(), standing, OptionalLong.empty());
    }

    private static JobPage.Definition definition(EffectiveJob job) {
        Program program = job.spec().program();
        Optional<String> sql = program instanceof Program.Sql script
                ? Optional.of(script.text())
                : Optional.empty();
        return new JobPage.Definition(JobSpecText.write(job.spec()), sql);
    }

    private List<SpecError> findings(JobKey key) {
        return git.findings().stream()
                .filter(finding -> finding.job().equals(Optional.of(key.display())))
                .toList();
    }

    /** The commits whose wishes this job's steps followed, newest first. */
    private List<JobPage.CommitLine> commits(List<HistoryEntry> history) {
        Set<CommitId> wanted = new LinkedHashSet<>();
        history.forEach(entry -> wanted.add(entry.commit()));
        return journal.commits(COMMITS).stream()
                .map(FollowedCommit::info)
                .filter(info -> wanted.contains(info.commit()))
                .map(info -> new JobPage.CommitLine(
                        info.commit(), info.time(), people(info), info.subject()))
                .toList();
    }

    private static String people(CommitInfo info) {
        return info.author()
                + info.signer().map(signer -> ", signed by " + signer).orElse("");
    }
}
