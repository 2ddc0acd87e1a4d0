// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What each phase asks for. Middle phases repeat their step with the ids they were given. */
final class Rules implements Phase.Handler<Decision> {
    private static final int NAMED = 5;

    private final Situation situation;
    private final JobRecord record;

    Rules(Situation situation) {
        this.situation = situation;
        this.record = situation.record();
    }

    @Override
    public Decision absent(Phase.Absent phase) {
        return new StartRules(situation).fromNothing(phase.since().orElse(Instant.MIN));
    }

    @Override
    public Decision staging(Phase.Staging phase) {
        throw new IllegalStateException(
                "staging is judged by the phase before it: " + record.key());
    }

    @Override
    public Decision stopping(Phase.Stopping phase) {
        Step step = new Step.StopWithSavepoint(
                running(),
                record.attempt(),
                currentId(),
                phase.trigger(),
                phase.directory(),
                phase.format());
        Instant patience = phase.since().plus(situation.policy().savepointTimeout());
        if (situation.now().isBefore(patience)) {
            return Decision.act(record, step, Reason.SavepointInProgress);
        }
        String text = "the stop with a savepoint takes longer than "
                + situation.policy().savepointTimeout() + "; the job is not cancelled for it"
                + hanging();
        return Decision.act(record, step, new Hold(Reason.SavepointInProgress, text));
    }

    /** Which vertices keep a stop from its end; more than a few say no more. */
    private String hanging() {
        List<String> vertices = situation
                .sight()
                .job()
                .flatMap(LiveJob::detail)
                .map(JobDetail::waitsFor)
                .orElse(List.of());
        int left = vertices.size() - NAMED;
        return vertices.isEmpty()
                ? ""
                : "; it waits for "
                        + String.join(", ", vertices.stream().limit(NAMED).toList())
                        + (left > 0 ? " and " + left + " more" : "");
    }

    @Override
    public Decision cancelling(Phase.Cancelling phase) {
        if (situation.now().isAfter(phase.since().plus(Limits.CANCEL))) {
            return new EndRules(situation).unending(running(), currentId());
        }
        Step step = new Step.Cancel(running(), record.attempt(), currentId());
        return Decision.act(record, step, Reason.WaitingForTerminal);
    }

    @Override
    public Decision recovering(Phase.Recovering phase) {
        return new RecoveryRules(situation).recovering(phase);
    }

    @Override
    public Decision proving(Phase.Proving phase) {
        return switch (situation.wish()) {
            case REMOVE -> removed();
            case SUSPEND -> suspended(phase.state());
            case RUN ->
                new StartRules(situation)
                        .unlessAlive(
                                phase.since(),
                                Decision.act(record, situation.proveAbsent(), Reason.Resuming));
        };
    }

    @Override
    public Decision stopped(Phase.Stopped phase) {
        return switch (situation.wish()) {
            case REMOVE -> removed();
            case SUSPEND -> suspended(phase.state());
            case RUN ->
                new StartRules(situation)
                        .unlessAlive(
                                phase.since(),
                                isProofOld(phase) ? provenAnew(phase) : started(phase));
        };
    }

    @Override
    public Decision starting(Phase.Starting phase) {
        Decision again = Decision.act(record, Launch.step(record, phase.from()), Reason.Starting);
        return situation.sight().kind() == Sight.Kind.LIVE
                ? again
                : new StartRules(situation).unlessAlive(phase.since(), again);
    }

    @Override
    public Decision verifying(Phase.Verifying phase) {
        return new RunningRules(situation).verifying(phase);
    }

    @Override
    public Decision stable(Phase.Stable phase) {
        return new RunningRules(situation).stable();
    }

    @Override
    public Decision suspended(Phase.Suspended phase) {
        return switch (situation.wish()) {
            case REMOVE -> removed();
            case SUSPEND ->
                new StartRules(situation)
                        .unlessAlive(phase.since(), Decision.rest(record, Reason.InSync));
            case RUN ->
                record.currentId().isEmpty()
                        ? new StartRules(situation).fromNothing(phase.since())
                        : new StartRules(situation).fromSuspended(phase.state(), phase.since());
        };
    }

    @Override
    public Decision finished(Phase.Finished phase) {
        return switch (situation.wish()) {
            case REMOVE -> removed();
            case SUSPEND -> Decision.rest(record, Reason.Finished);
            case RUN -> new StartRules(situation).fromFinished(phase.since());
        };
    }

    @Override
    public Decision blocked(Phase.Blocked phase) {
        return new RecoveryRules(situation).blocked(phase);
    }

    private boolean isProofOld(Phase.Stopped phase) {
        return situation.now().isAfter(phase.since().plus(Limits.PROOF));
    }

    private Decision provenAnew(Phase.Stopped phase) {
        Phase next = new Phase.Proving(phase.state(), situation.now());
        return Decision.act(record.in(next), situation.proveAbsent(), Reason.Recovering);
    }

    private Decision started(Phase.Stopped phase) {
        return new StartRules(situation).fromStopped(phase.state());
    }

    private Decision removed() {
        return Decision.rest(
                disinherited().in(new Phase.Absent(Optional.of(situation.now()))), Reason.InSync);
    }

    /**
     * An heir that has not started yet and is not wanted now takes nothing with it: its predecessor may
     * run again meanwhile, so what it left is asked for anew.
     */
    private JobRecord disinherited() {
        return record.heirOf().isPresent() ? JobRecord.fresh(record.key()) : record;
    }

    private Decision suspended(RestoreFrom state) {
        RestoreFrom kept =
                record.heirOf().isPresent() ? new RestoreFrom.Empty("never started") : state;
        return Decision.rest(
                disinherited().in(new Phase.Suspended(kept, situation.now())), Reason.InSync);
    }

    private EffectiveJob running() {
        return record.deployed()
                .orElseThrow(
                        () -> new IllegalStateException("no spec is deployed: " + record.key()));
    }

    private JobId currentId() {
        return record.currentId()
                .orElseThrow(
                        () -> new IllegalStateException("no attempt was made: " + record.key()));
    }
}
