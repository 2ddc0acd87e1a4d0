// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.StartRequest;
import dev.sluice.plan.Course;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.UpgradePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What must hold for the jobs of an environment together. Judged by what is in the journal, by sums
 * instead of cron, and by a count of its own, not by asking the rules that are under test.
 */
final class HouseWatch {
    /** An effect on one job. */
    record Happening(Duration at, String what) {}

    private record Restart(String cluster, Optional<CommitId> commit) {}

    private record Stay(String phase, Instant since) {}

    /** Shorter than the shortest patience by what a look may be late. */
    private static final Duration LATE = Duration.ofSeconds(4);

    private final Estate estate;
    private final ModelJournal journal;
    private final Supplier<Instant> clock;
    private final Git git;
    private final Map<JobKey, String> begun = new HashMap<>();
    private final Map<JobKey, Stay> stays = new HashMap<>();
    private final TreeMap<JobKey, Restart> restarting = new TreeMap<>();
    private final Set<CommitId> proven = new HashSet<>();
    private final Map<JobKey, List<Happening>> happened = new HashMap<>();
    private final Set<Instant> honoured = new HashSet<>();

    HouseWatch(Estate estate, ModelJournal journal, Git git, Supplier<Instant> clock) {
        this.git = git;
        this.estate = estate;
        this.journal = journal;
        this.clock = clock;
    }

    /** All that was done to a job, in order. */
    List<Happening> happened(JobKey key) {
        return happened.getOrDefault(key, List.of());
    }

    void happens(JobKey key, String what) {
        Duration at = Duration.between(Simulation.START, clock.get());
        happened.computeIfAbsent(key, unused -> new ArrayList<>()).add(new Happening(at, what));
    }

    /** An intent was stored: is now the time for it? */
    void begins(Desired wanted, JobRecord before, Decision decision, Instant now) {
        Phase was = phase(before);
        Step step = decision.step().orElseThrow();
        boolean isUp = was instanceof Phase.Stable || was instanceof Phase.Verifying;
        boolean isStop = step instanceof Step.StopWithSavepoint
                || step instanceof Step.Cancel
                || step instanceof Step.Rescale;
        boolean isDown = was instanceof Phase.Absent
                || was instanceof Phase.Suspended
                || was instanceof Phase.Finished;
        boolean isWayBack = decision.next()
                .notes()
                .refused()
                .filter(refused -> refused.plan().equals(wanted.plan()))
                .isPresent();
        if (isUp && isStop && !isWayBack) {
            stops(wanted, before, now);
        } else if (isDown && !(step instanceof Step.Stage)) {
            needed(wanted)
                    .filter(other -> !isStable(other))
                    .ifPresent(other -> broken("dependsOn", before, "started before " + other));
        }
    }

    private void stops(Desired wanted, JobRecord before, Instant now) {
        String cluster = before.deployed().orElseThrow().spec().flink().cluster();
        if (!estate.isOpen(cluster, now)) {
            broken("window", before, "stopped while the window of " + cluster + " is closed");
        }
        if (git.wishes().get(before.key()).plan().equals(wanted.plan())) {
            approved(before);
        }
        Optional<CommitId> commit = job(wanted).map(EffectiveJob::commit);
        boolean isFirst = commit.filter(proven::contains).isPresent()
                || restarting.entrySet().stream()
                        .filter(other -> other.getValue().commit().equals(commit))
                        .filter(other -> !other.getKey().equals(before.key()))
                        .filter(other -> isOf(git.wishes().get(other.getKey()), commit))
                        .noneMatch(other -> isAwaited(other.getKey()));
        if (commit.isPresent() && !isFirst) {
            broken("canary", before, "stopped before another job of its commit was stable");
        }
        needed(wanted)
                .filter(other -> wanted.isToRun())
                .filter(this::isAwaited)
                .ifPresent(other -> broken("dependsOn", before, "stopped while " + other + " was"));
        restarting.put(before.key(), new Restart(cluster, commit));
        long here = restarting.entrySet().stream()
                .filter(other -> other.getValue().cluster().equals(cluster))
                .filter(other -> other.getKey().equals(before.key()) || isAwaited(other.getKey()))
                .count();
        if (estate != Estate.PAIR && here > Estate.MOST) {
            broken("turns", before, "is job " + here + " that is stopped on " + cluster);
        }
    }

    /** A run of the batch job is for an instant of its schedule that no run was finished for. */
    void starts(StartRequest request) {
        JobKey key = request.job().key();
        happens(key, "start " + request.attempt());
        if (request.job().spec().schedule().isEmpty()) {
            return;
        }
        JobRecord record = journal.record(key).orElseThrow();
        Optional<Instant> fire = record.notes().fire();
        boolean isOfSchedule = fire.filter(at ->
                        !at.isAfter(clock.get()) && at.getEpochSecond() % Estate.FIRE_PERIOD == 0)
                .isPresent();
        if (!isOfSchedule) {
            broken("schedule", record, "runs for " + fire + ", which is no instant of its own");
        }
        if (honoured.contains(fire.orElseThrow())) {
            broken("schedule", record, "runs again for " + fire.get());
        }
    }

    /** Restarts that have ended, and runs that have. */
    void look() {
        for (JobRecord record : journal.records()) {
            Phase phase = phase(record);
            if (phase instanceof Phase.Stable) {
                record.notes().startedBy().ifPresent(proven::add);
            }
            if (phase instanceof Phase.Finished) {
                record.notes().fire().ifPresent(honoured::add);
            }
            Stay stay = stays.get(record.key());
            turns(record, phase, stay);
            String word = phase.word() + record.attempt();
            if (stay == null || !stay.phase().equals(word)) {
                stays.put(record.key(), new Stay(word, clock.get()));
            }
            boolean isUnderWay =
                    phase instanceof Phase.Verifying && record.lastStable().isPresent();
            Restart restart = restarting.get(record.key());
            boolean hasMoved = restart != null
                    && !(phase instanceof Phase.Stopping)
                    && record.deployed()
                            .filter(job -> job.spec().flink().cluster().equals(restart.cluster()))
                            .isEmpty();
            boolean hasFailed = restart != null
                    && phase instanceof Phase.Recovering
                    && record.lastStable().isEmpty()
                    && record.notes().begun().isEmpty();
            boolean runsOn = phase instanceof Phase.Verifying
                    && stay != null
                    && stay.phase().equals("Stopping" + record.attempt());
            if (hasMoved || hasFailed || runsOn || !isUnderWay && hasEnded(phase)) {
                restarting.remove(record.key());
            }
        }
    }

    /**
     * A job that failed, and comes back as something else: nobody stopped it for that, so it must have
     * been allowed to change at that moment.
     */
    private void turns(JobRecord record, Phase phase, Stay stay) {
        String plan = record.notes().begun().orElse("");
        String last = Optional.ofNullable(begun.put(record.key(), plan)).orElse("");
        Optional<String> inForce = record.deployed().map(job -> job.digest().brief());
        boolean isTurn = Course.isDown(phase)
                && !plan.equals(last)
                && inForce.isPresent()
                && !inForce.get().equals(plan)
                && plan.equals(git.wishes().get(record.key()).plan());
        if (!isTurn || stay.phase().matches("(Absent|Suspended|Finished).*")) {
            return;
        }
        approved(record);
        String cluster = record.deployed().orElseThrow().spec().flink().cluster();
        boolean isStoppedFor = !last.isEmpty() && !last.equals(inForce.get());
        boolean waitedForPerson = stay.phase().startsWith("Blocked");
        if (!isStoppedFor && !waitedForPerson && !estate.isOpen(cluster, clock.get())) {
            broken("window", record, "comes back as " + plan + " while the window is closed");
        }
    }

    private void approved(JobRecord record) {
        Optional<JobSpec> next = job(git.wishes().get(record.key()))
                .map(EffectiveJob::spec)
                .filter(spec -> spec.state() == JobSpec.State.RUNNING);
        JobSpec old = record.deployed().orElseThrow().spec();
        boolean isUpgrade = next.filter(spec -> !spec.program().equals(old.program()))
                .filter(spec -> spec.lineage().equals(old.lineage()))
                .filter(spec -> spec.flink().equals(old.flink()))
                .isPresent();
        if (isUpgrade && !git.isApproved(record.key())) {
            broken("approval", record, "changes before a person approved it");
        }
    }

    /** Its restart goes on, and is not taking so long that nobody need wait for it. */
    private boolean isAwaited(JobKey key) {
        return restarting.containsKey(key)
                && clock.get()
                        .isBefore(stays.get(key).since().plus(patience(key)).minus(LATE));
    }

    private Duration patience(JobKey key) {
        JobRecord record = journal.record(key).orElseThrow();
        UpgradePolicy policy = record.deployed().orElseThrow().spec().upgrade();
        return switch (phase(record).word()) {
            case "Stopping" -> shorter(policy, job(git.wishes().get(key)));
            case "Verifying" -> policy.soak().orElseThrow().plusMinutes(10);
            case "Cancelling" -> Duration.ofMinutes(10);
            default -> Duration.ofMinutes(2);
        };
    }

    /** The newest word on how long a savepoint may take counts, when it is read. */
    private static Duration shorter(UpgradePolicy inForce, Optional<EffectiveJob> wanted) {
        Duration said = wanted.map(job -> job.spec().upgrade().savepointTimeout())
                .orElse(inForce.savepointTimeout());
        return said.compareTo(inForce.savepointTimeout()) < 0 ? said : inForce.savepointTimeout();
    }

    private static boolean isOf(Desired wish, Optional<CommitId> commit) {
        return job(wish).map(EffectiveJob::commit).equals(commit);
    }

    private static boolean hasEnded(Phase phase) {
        return phase instanceof Phase.Stable
                || phase instanceof Phase.Verifying
                || phase instanceof Phase.Suspended
                || phase instanceof Phase.Absent
                || phase instanceof Phase.Blocked
                || phase instanceof Phase.Finished;
    }

    private Optional<JobKey> needed(Desired wanted) {
        return job(wanted)
                .filter(job -> !job.spec().dependsOn().isEmpty())
                .map(job -> Specs.key(0));
    }

    private boolean isStable(JobKey key) {
        return journal.record(key)
                .map(HouseWatch::phase)
                .filter(Phase.Stable.class::isInstance)
                .isPresent();
    }

    private static Optional<EffectiveJob> job(Desired wanted) {
        return wanted instanceof Desired.Specified specified
                ? Optional.of(specified.job())
                : Optional.empty();
    }

    private static Phase phase(JobRecord record) {
        return record.phase() instanceof Phase.Staging staging ? staging.before() : record.phase();
    }

    private static void broken(String rule, JobRecord record, String what) {
        throw new Violation(rule, record.key().name() + " " + what);
    }
}
