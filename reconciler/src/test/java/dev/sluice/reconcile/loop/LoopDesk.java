// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The loop's own desk, sightings and executor, opened for a simulation without threads. */
public final class LoopDesk {
    private final Desk desk;

    private LoopDesk(Desk desk) {
        this.desk = desk;
    }

    public static LoopDesk fresh(JobKey key, Instant now) {
        return new LoopDesk(Desk.fresh(key, now));
    }

    public static LoopDesk remembered(JobRecord record, CommitId commit, Instant now) {
        return new LoopDesk(Desk.remembered(
                record, new StoredJob(record, Reason.FirstStart, List.of(), commit, now), now));
    }

    public void want(Desired desired) {
        if (desired instanceof Desired.Specified specified) {
            EffectiveJob job = specified.job();
            desk.want(job);
        } else {
            desk.wantGone(desired.commit());
        }
    }

    public void see(ClusterObservation observation, UnaryOperator<Observed> eyes) {
        desk.see(eyes.apply(new Sightings(observation).of(desk.key(), desk.watched())));
    }

    public void remember(JobRecord record) {
        desk.remember(record);
        desk.lookAgain();
    }

    /** The step is under way; it has no outcome before {@link #ended}. */
    public void begin(long intent, Decision decision, Instant now) {
        desk.remember(decision.next());
        desk.deciding();
        desk.decided(decision);
        desk.begin(new OpenStep(intent, decision.step().orElseThrow(), decision.next(), now));
    }

    public void rested(Decision decision) {
        desk.remember(decision.next());
        desk.deciding();
        desk.decided(decision);
    }

    public void ended(JobRecord next, Outcome outcome, Instant now) {
        desk.remember(next);
        desk.ended(outcome, now);
    }

    public void setBack(Instant now) {
        desk.setBack(now);
    }

    public boolean isOvertaken() {
        return desk.isOvertaken();
    }

    public boolean isDue(Instant now) {
        return desk.isDue(now);
    }

    public boolean isOn(String cluster) {
        return desk.isOn(cluster);
    }

    public boolean isMoving() {
        return desk.isMoving();
    }

    /** Whether the job is looked at closely now; a cluster of so few jobs has a turn for each. */
    public boolean takesDetail(Instant now) {
        boolean isTaken = desk.needsDetail() || desk.mayHaveDetail(now);
        if (isTaken) {
            desk.closeLook().asked(now);
        }
        return isTaken;
    }

    public boolean saysAnew(Decision decision) {
        return desk.saysAnew(decision);
    }

    public Optional<Instant> due() {
        return desk.due();
    }

    Desk desk() {
        return desk;
    }

    public Desired wanted() {
        return desk.wanted().orElseThrow();
    }

    public JobRecord record() {
        return desk.record();
    }

    public Observed observed() {
        return desk.observed();
    }

    /** Performs a step as the loop's worker does. */
    public static Outcome perform(Driver driver, Step step) {
        return new StepExecutor(new OneDriver(driver), Supply.NONE).perform(step);
    }

    private record OneDriver(Driver driver) implements Drivers {
        @Override
        public <T> T ask(String cluster, Function<Driver, T> question) {
            return question.apply(driver);
        }

        @Override
        public List<String> clusters() {
            return List.of("main");
        }

        @Override
        public void close() {
            // the driver is the caller's
        }
    }
}
