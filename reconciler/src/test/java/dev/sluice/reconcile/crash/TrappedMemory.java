// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.JobMemory;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The real journal, with a trap before and after what it is told of a step. */
final class TrappedMemory implements JobMemory {
    private final JobMemory real;
    private final Trap trap;
    private final Map<Long, StepKind> kinds = new ConcurrentHashMap<>();

    TrappedMemory(JobMemory real, Trap trap) {
        this.real = requireNonNull(real, "real is null");
        this.trap = requireNonNull(trap, "trap is null");
    }

    @Override
    public JobRecord record(JobKey key) {
        return real.record(key);
    }

    @Override
    public List<JobRecord> records() {
        return real.records();
    }

    @Override
    public List<StoredJob> jobs() {
        return real.jobs();
    }

    @Override
    public long intend(FencingToken token, Decision decision, CommitId commit, Instant at) {
        StepKind kind = StepKind.of(decision.step().orElseThrow());
        trap.at(kind, Moment.DECIDED);
        long intent = real.intend(token, decision, commit, at);
        kinds.put(intent, kind);
        trap.at(kind, Moment.INTENDED);
        return intent;
    }

    @Override
    public void complete(long intent, JobRecord next, Outcome outcome, Instant at) {
        real.complete(intent, next, outcome, at);
        StepKind kind = kinds.get(intent);
        trap.at(kind, Moment.RECORDED);
        if (kind.waits() && outcome instanceof Outcome.Done) {
            trap.at(kind, Moment.CLOSED);
        }
    }

    @Override
    public void store(FencingToken token, List<Decision> decisions, CommitId commit, Instant at) {
        real.store(token, decisions, commit, at);
    }
}
