// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Refusal;
import dev.sluice.plan.Specs;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Applicants in the states that admission tells apart; what they ask for comes from the planner. */
final class Fleet {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Phase STOPPED =
            new Phase.Stopped(new RestoreFrom.Empty("no state ever existed"), NOW);
    static final Phase VERIFYING = new Phase.Verifying(
            JobId.of(key("b"), 1),
            new RestoreFrom.Empty("first start"),
            Optional.empty(),
            NOW.minusSeconds(60));
    private static final int OLD = 1;
    private static final int NEW = 2;

    private Fleet() {}

    static JobKey key(String name) {
        return new JobKey("shop", "test", "payments", name);
    }

    /** Runs what git wants. */
    static Applicant calm(String name) {
        return calm(name, OLD);
    }

    /** Runs what the new commit wants, and has proven it. */
    static Applicant proven(String name) {
        return calm(name, NEW);
    }

    private static Applicant calm(String name, int commit) {
        EffectiveJob job = job(name, commit, Map.of("sql", "v" + commit));
        return decided(new Desired.Specified(job.commit(), job), stable(job));
    }

    /** Runs the old spec and is about to be stopped for the new commit. */
    static Applicant restart(String name, String... settings) {
        TreeMap<String, String> all = new TreeMap<>(Map.of("sql", "v2"));
        for (String setting : settings) {
            all.put(setting.split("=")[0], setting.split("=")[1]);
        }
        EffectiveJob job = job(name, NEW, all);
        JobRecord old = stable(job(name, OLD, Map.of("sql", "v1")));
        return decided(
                new Desired.Specified(job.commit(), job), staged(old, job, Optional.empty()));
    }

    /** Stops for the new commit already. */
    static Applicant stopping(String name) {
        Applicant restart = restart(name);
        return decided(restart.desired(), restart.decision().next());
    }

    /** Stops for the new commit, and its savepoint has been under way for a while. */
    static Applicant stopping(String name, Duration since) {
        Applicant stopping = stopping(name);
        Phase.Stopping begun = (Phase.Stopping) stopping.record().phase();
        Phase.Stopping phase = new Phase.Stopping(
                begun.trigger(),
                begun.directory(),
                begun.tryNumber(),
                begun.plan(),
                begun.format(),
                begun.before(),
                NOW.minus(since));
        return decided(stopping.desired(), stopping.record().in(phase));
    }

    /** Never ran before, and its first start has been under way for a while. */
    static Applicant starting(String name, Duration since) {
        EffectiveJob job = job(name, OLD, Map.of("sql", "v1"));
        JobRecord record = stable(job);
        JobRecord first = new JobRecord(
                record.key(),
                1,
                new Phase.Starting(
                        JobId.of(job.key(), 1),
                        new RestoreFrom.Empty("first start"),
                        NOW.minus(since)),
                record.deployed(),
                record.startedFrom(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                record.notes());
        return decided(new Desired.Specified(job.commit(), job), first);
    }

    /** The new commit was tried on it and rolled back. */
    static Applicant rolledBack(String name) {
        EffectiveJob job = job(name, NEW, Map.of("sql", "v2"));
        Refusal refusal = new Refusal(job.digest().brief(), Reason.RolledBack, "rolled back", NOW);
        JobRecord record = stable(job(name, OLD, Map.of("sql", "v1")));
        return decided(
                new Desired.Specified(job.commit(), job),
                staged(record, job, Optional.of(refusal)));
    }

    /** Runs and was removed from git. */
    static Applicant removed(String name) {
        return removed(name, NEW);
    }

    /** Runs and was removed from git by that commit. */
    static Applicant removed(String name, int commit) {
        return decided(
                new Desired.Removed(Specs.commit(commit)),
                stable(job(name, OLD, Map.of("sql", "v1"))));
    }

    /** Was never stable, and is on its way to the new commit in a phase. */
    static Applicant replaced(String name, Phase phase) {
        Applicant stopping = stopping(name);
        JobRecord record = stopping.record();
        JobRecord replaced = new JobRecord(
                record.key(),
                1,
                phase,
                record.deployed(),
                record.startedFrom(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                record.notes());
        return decided(stopping.desired(), replaced);
    }

    /** Came back after a failure, soaks, and is about to be stopped for the new commit. */
    static Applicant changedAgain(String name) {
        Applicant restart = restart(name);
        Phase soaking = new Phase.Verifying(
                JobId.of(key(name), 1),
                new RestoreFrom.Empty("first start"),
                Optional.empty(),
                NOW.minusSeconds(60));
        return decided(restart.desired(), restart.record().in(soaking));
    }

    /** Soaks after a restart, took up a live change since, and is about to be stopped again. */
    static Applicant changedTwice(String name) {
        Applicant again = changedAgain(name);
        Notes notes = stopping(name).record().notes();
        JobRecord record = again.record();
        JobRecord begun = new JobRecord(
                record.key(),
                record.attempt(),
                record.phase(),
                record.deployed(),
                record.startedFrom(),
                record.lastStable(),
                record.lineage(),
                record.lastSeenRunning(),
                record.failures(),
                record.savepointTries(),
                notes);
        return decided(again.desired(), begun);
    }

    /** Failed a minute ago, while the new commit waited. */
    static Applicant failedWithChange(String name) {
        Applicant restart = restart(name);
        return decided(
                restart.desired(),
                restart.record()
                        .in(new Phase.Recovering(Reason.Recovering, false, Optional.empty(), NOW)));
    }

    /** Is down on purpose and wanted again. */
    static Applicant start(String name, String... settings) {
        TreeMap<String, String> all = new TreeMap<>(Map.of("sql", "v1"));
        for (String setting : settings) {
            all.put(setting.split("=")[0], setting.split("=")[1]);
        }
        EffectiveJob job = job(name, OLD, all);
        RestoreFrom state = new RestoreFrom.Empty("first start");
        JobRecord record =
                staged(stable(job), job, Optional.empty()).in(new Phase.Suspended(state, NOW));
        return decided(new Desired.Specified(job.commit(), job), record);
    }

    /** Failed a minute ago; its state is known and it is about to start again. */
    static Applicant failed(String name) {
        EffectiveJob job = job(name, OLD, Map.of("sql", "v1"));
        JobRecord record = stable(job);
        JobRecord failed = new JobRecord(
                record.key(),
                1,
                new Phase.Stopped(new RestoreFrom.Empty("no state ever existed"), NOW),
                record.deployed(),
                record.startedFrom(),
                record.lastStable(),
                List.of(),
                Optional.empty(),
                List.of(NOW.minusSeconds(60)),
                0,
                record.notes());
        return decided(
                new Desired.Specified(job.commit(), job), staged(failed, job, Optional.empty()));
    }

    private static EffectiveJob job(String name, int commit, Map<String, String> settings) {
        return Specs.job(commit, Specs.spec(key(name), settings));
    }

    private static JobRecord stable(EffectiveJob job) {
        return new JobRecord(
                job.key(),
                1,
                new Phase.Stable(JobId.of(job.key(), 1), NOW.minusSeconds(3600)),
                Optional.of(job),
                Optional.of(new RestoreFrom.Empty("first start")),
                Optional.of(job),
                List.of(),
                Optional.of(NOW),
                List.of(),
                0,
                notes(Optional.of(job), Optional.empty(), job));
    }

    private static JobRecord staged(JobRecord record, EffectiveJob job, Optional<Refusal> refusal) {
        return new JobRecord(
                record.key(),
                record.attempt(),
                record.phase(),
                record.deployed(),
                record.startedFrom(),
                record.lastStable(),
                record.lineage(),
                record.lastSeenRunning(),
                record.failures(),
                0,
                notes(record.deployed(), refusal, job));
    }

    private static Notes notes(
            Optional<EffectiveJob> started, Optional<Refusal> refusal, EffectiveJob staged) {
        Notes known = Notes.NONE.staged(staged.digest());
        Notes begun = started.map(job -> known.started(
                        job.commit(), KnownState.of(List.of(), Optional.empty(), Optional.empty())))
                .orElse(known);
        return refusal.map(begun::refusing).orElse(begun);
    }

    /** What the cluster shows of a job that is as its record says. */
    static Observed seen(JobRecord record) {
        boolean isUp =
                record.phase() instanceof Phase.Stable || record.phase() instanceof Phase.Verifying;
        LiveJob job = new LiveJob(
                JobId.of(record.key(), 1),
                "any",
                JobStatus.RUNNING,
                NOW,
                1,
                "1.20",
                Optional.empty(),
                Optional.empty());
        return isUp
                ? new Observed.Present(NOW, List.of(job))
                : new Observed.NotListed(NOW, List.of());
    }

    private static Applicant decided(Desired desired, JobRecord record) {
        Decision decision = new Planner().decide(desired, record, seen(record), NOW);
        return new Applicant(desired, record, decision, NOW);
    }
}
