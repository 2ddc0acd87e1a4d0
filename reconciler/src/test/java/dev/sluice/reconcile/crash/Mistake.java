// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.drive.Driver;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.JobMemory;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.reconcile.loop.ForwardingDriver;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes of an executor that the observer must find, or it would find nothing. */
enum Mistake {
    NONE,

    /** The intent is written when the effect is done. */
    INTENT_AFTER_EFFECT {
        @Override
        JobMemory memory(JobMemory real) {
            return new LateMemory(real);
        }
    },

    /** Each process asks for a savepoint under an id of its own. */
    NEW_TRIGGER_AFTER_RESTART {
        @Override
        Driver driver(Driver real) {
            return new TriggerDriver(real);
        }
    },

    /** Each process submits under an id of its own. */
    NEW_JOB_AFTER_RESTART {
        @Override
        Driver driver(Driver real) {
            return new JobDriver(real);
        }
    };

    JobMemory memory(JobMemory real) {
        return real;
    }

    Driver driver(Driver real) {
        return real;
    }

    private static final class LateMemory implements JobMemory {
        private record Meant(FencingToken token, Decision decision, CommitId commit, Instant at) {}

        private final JobMemory real;
        private final Map<Long, Meant> meant = new ConcurrentHashMap<>();

        LateMemory(JobMemory real) {
            this.real = real;
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
            long number = -1 - meant.size();
            meant.put(number, new Meant(token, decision, commit, at));
            return number;
        }

        @Override
        public void complete(long intent, JobRecord next, Outcome outcome, Instant at) {
            Meant late = meant.get(intent);
            long written = real.intend(late.token(), late.decision(), late.commit(), late.at());
            real.complete(written, next, outcome, at);
        }

        @Override
        public void store(
                FencingToken token, List<Decision> decisions, CommitId commit, Instant at) {
            real.store(token, decisions, commit, at);
        }
    }

    private static final class TriggerDriver extends ForwardingDriver {
        private final String own = "process " + ProcessHandle.current().pid();

        TriggerDriver(Driver real) {
            super(real);
        }

        @Override
        public Outcome stopWithSavepoint(StopRequest request) {
            return super.stopWithSavepoint(new StopRequest(
                    request.key(),
                    request.attempt(),
                    request.job(),
                    TriggerId.of(request.key(), request.attempt(), own, 1),
                    request.directory(),
                    request.format(),
                    request.flinkVersion()));
        }
    }

    private static final class JobDriver extends ForwardingDriver {
        private final int own = (int) ProcessHandle.current().pid();

        JobDriver(Driver real) {
            super(real);
        }

        @Override
        public Outcome start(StartRequest request) {
            return super.start(new StartRequest(
                    request.job(),
                    request.attempt(),
                    JobId.of(request.job().key(), own),
                    request.from(),
                    request.earlier(),
                    request.known()));
        }
    }
}
