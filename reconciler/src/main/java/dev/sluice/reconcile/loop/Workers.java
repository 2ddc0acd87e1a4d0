// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Worker threads, one for each call under way: a call that hangs holds up its own job and nobody
 * else. How many calls there are at once is the {@link Turnstile}'s business; drivers wait for
 * nothing long, so in ordinary work these are a handful.
 *
 * <p>The threads are daemons. Ending the process in the middle of a step is the same as a crash,
 * and recovering from that is the ordinary way of working.
 */
final class Workers implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final Inbox inbox;
    private final LeaseKeeper lease;
    private final Owners owners;
    private final StepExecutor executor;
    private final ExecutorService threads = threads();
    private final Map<JobKey, Call> calls = new ConcurrentHashMap<>();

    Workers(Inbox inbox, LeaseKeeper lease, Owners owners, StepExecutor executor) {
        this.owners = requireNonNull(owners, "owners is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.lease = requireNonNull(lease, "lease is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    /** Performs a step of which the journal has the intent; its outcome arrives as news. */
    void perform(JobKey job, OpenStep open, FencingToken token) {
        Call call = new Call(() -> {
            Outcome outcome = new Outcome.Unknown("the step was cut off by an error");
            try {
                outcome = perform(open, token);
            } finally {
                calls.remove(job);
                // Even after an error the loop must hear of it, or the job waits for ever.
                inbox.put(new News.StepEnded(job, open.step(), outcome));
            }
        });
        calls.put(job, call);
        run("step:" + job.display(), call);
    }

    /** Asks the call of a job to come back at once; what has become of its step is then unknown. */
    void interrupt(JobKey job) {
        Optional.ofNullable(calls.get(job)).ifPresent(Call::interrupt);
    }

    /**
     * The lease may have ended between the intent and this moment, for instance while the process was
     * stopped; a successor may act already. It is looked at last: reading the mark may take long.
     */
    private Outcome perform(OpenStep open, FencingToken token) {
        Optional<String> refusal = owners.refusal(open.step());
        if (refusal.isPresent()) {
            return new Outcome.Unknown(refusal.get());
        }
        return lease.holds(token)
                ? executor.perform(open.step())
                : new Outcome.Unknown(
                        "the lease ended, or could not be read, before the step began");
    }

    /** Runs a task on a thread that bears the name meanwhile. */
    void run(String name, Runnable task) {
        threads.execute(() -> {
            Thread.currentThread().setName(name);
            task.run();
        });
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "worker");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Takes no new task and interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A call that can be interrupted while it runs, and never hits what its thread does later. */
    private static final class Call implements Runnable {
        private final Runnable work;
        private Optional<Thread> runner = Optional.empty();

        Call(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            runner(Optional.of(Thread.currentThread()));
            try {
                work.run();
            } finally {
                runner(Optional.empty());
                Thread.interrupted();
            }
        }

        private synchronized void runner(Optional<Thread> thread) {
            runner = thread;
        }

        synchronized void interrupt() {
            runner.ifPresent(Thread::interrupt);
        }
    }
}
