// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Board.JobNotice;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The story of the demo: start, change, suspend and resume real Flink jobs by commits, and check each
 * claim against Flink itself and against what the jobs wrote.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BRANCH = "test";
    private static final JobKey ORDERS = new JobKey("sample", BRANCH, "shop", "orders");
    private static final JobKey CLICKS = new JobKey("sample", BRANCH, "shop", "clicks");

    private final DemoStage stage;
    private final Checks checks;
    private final Story story = new Story();

    Demo(DemoStage stage, Checks checks) {
        this.stage = requireNonNull(stage, "stage is null");
        this.checks = requireNonNull(checks, "checks is null");
    }

    /**
     * Plays the story.
     *
     * @return whether every claim held
     * @throws InterruptedException when the demo is ended from outside
     */
    boolean play() throws IOException, InterruptedException {
        begin();
        changeSql();
        changeParallelism();
        suspendAndResume();
        checks.say("");
        checks.say("What happened, from the journal:");
        checks.say(story.table());
        checks.say(checks.summary());
        return checks.allHeld();
    }

    private void begin() throws IOException, InterruptedException {
        checks.say("Start: the first commit of branch " + BRANCH + " wants two SQL jobs");
        stage.printFirstPlan(List.of(ORDERS, CLICKS));
        for (JobKey job : List.of(ORDERS, CLICKS)) {
            reach(job, Phase.Stable.class, 1);
            checkRunning(job, "started");
        }
    }

    private void changeSql() throws IOException, InterruptedException {
        checks.say("");
        checks.say("Change: a commit adds tax to the SQL of shop/orders; its state still fits");
        int before = stage.rows(ORDERS).count();
        CommitId commit = stage.change(
                ORDERS,
                "jobs/shop/orders/job.sql",
                "Add tax to the turnover",
                sql -> sql.replace("* 1.00", "* 1.19"));
        upgrade(ORDERS, commit, before, "SQL changed");
    }

    private void changeParallelism() throws IOException, InterruptedException {
        checks.say("");
        checks.say("Change: a commit doubles the parallelism of shop/clicks");
        int before = stage.rows(CLICKS).count();
        CommitId commit = stage.change(
                CLICKS,
                "jobs/shop/clicks/job.yaml",
                "Double the parallelism of clicks",
                yaml -> yaml.replace("parallelism: 2", "parallelism: 4"));
        upgrade(CLICKS, commit, before, "parallelism changed");
    }

    private void upgrade(JobKey job, CommitId commit, int before, String what)
            throws IOException, InterruptedException {
        reach(job, Phase.Stable.class, 2);
        checkStartedBy(job, commit);
        checkContinues(job, before);
        checkRunning(job, what);
    }

    private void suspendAndResume() throws IOException, InterruptedException {
        checks.say("");
        checks.say("Suspend: a commit says state: suspended for shop/orders");
        stage.change(
                ORDERS,
                "jobs/shop/orders/job.yaml",
                "Suspend orders",
                yaml -> yaml.replace("state: running", "state: suspended"));
        reach(ORDERS, Phase.Suspended.class, 2);
        List<String> live = stage.live(ORDERS);
        checks.that(live.isEmpty(), "shop/orders runs nowhere while suspended", live);
        story.add(stage, ORDERS, "suspended");
        int before = stage.rows(ORDERS).count();

        checks.say("");
        checks.say("Resume: a commit says state: running again");
        CommitId commit = stage.change(
                ORDERS,
                "jobs/shop/orders/job.yaml",
                "Resume orders",
                yaml -> yaml.replace("state: suspended", "state: running"));
        reach(ORDERS, Phase.Stable.class, 3);
        checkStartedBy(ORDERS, commit);
        checkContinues(ORDERS, before);
        checkRunning(ORDERS, "resumed");
    }

    private void reach(JobKey job, Class<? extends Phase> phase, int attempt)
            throws IOException, InterruptedException {
        boolean ended = stage.board()
                .await(board -> is(board, job, phase, attempt) || isBlocked(board, job), PATIENCE);
        if (!ended || isBlocked(stage.board(), job)) {
            throw new IOException(job.display() + " did not become " + phase.getSimpleName()
                    + "; it is "
                    + stage.board().job(job).map(Demo::state).orElse("unknown"));
        }
    }

    private static boolean isBlocked(Board board, JobKey job) {
        return board.job(job)
                .filter(notice -> notice.record().phase() instanceof Phase.Blocked)
                .isPresent();
    }

    private static boolean is(Board board, JobKey job, Class<? extends Phase> phase, int attempt) {
        return board.job(job)
                .map(JobNotice::record)
                .filter(record -> phase.isInstance(record.phase()) && record.attempt() == attempt)
                .isPresent();
    }

    private static String state(JobNotice notice) {
        return notice.record().phase().word() + ", " + notice.reason() + ", " + notice.holds();
    }

    private void checkRunning(JobKey job, String what) throws IOException, InterruptedException {
        List<String> live = stage.live(job);
        checks.that(
                live.equals(List.of(stage.currentId(job).hex())),
                job.display() + " runs exactly once, as the job id chosen before submission",
                live);
        story.add(stage, job, what);
    }

    private void checkStartedBy(JobKey job, CommitId commit) {
        var startedBy = stage.notice(job).record().notes().startedBy();
        checks.that(
                startedBy.filter(commit::equals).isPresent(),
                job.display() + " runs from commit " + commit.brief(),
                startedBy);
    }

    /** The restored path is the planned one, and the counts go on without gap or repetition. */
    private void checkContinues(JobKey job, int before) throws IOException, InterruptedException {
        Step.Start start = stage.lastStart(job);
        String planned = start.from().toString();
        String restored = stage.restoredFrom(job);
        checks.that(
                Paths.same(planned, restored),
                job.display() + " was restored from the planned savepoint, says Flink",
                "planned " + planned + ", restored " + restored);
        int after = stage.rowsBeyond(job, before, PATIENCE);
        checks.that(after > before, job.display() + " went on writing", after + " rows");
        List<String> flaws = stage.rows(job).flaws();
        checks.that(
                flaws.isEmpty(),
                job.display() + " counts on: " + before + " rows before, " + after
                        + " after, no gap, no repeat, no restart from zero",
                flaws);
    }
}
