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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Worker threads, a few for each cluster: a cluster that hangs holds up nobody but itself.
 *
 * <p>The threads are daemons. Ending the process in the middle of a step is the same as a crash,
 * and recovering from that is the ordinary way of working.
 */
final class Workers implements AutoCloseable {
    private static final int THREADS_PER_CLUSTER = 4;

    private final Inbox inbox;
    private final LeaseKeeper lease;
    private final Owners owners;
    private final StepExecutor executor;
    private final Map<String, ExecutorService> pools = new ConcurrentHashMap<>();

    Workers(Inbox inbox, LeaseKeeper lease, Owners owners, StepExecutor executor) {
        this.owners = requireNonNull(owners, "owners is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.lease = requireNonNull(lease, "lease is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    /** Performs a step of which the journal has the intent; its outcome arrives as news. */
    void perform(JobKey job, Desk.OpenStep open, FencingToken token) {
        run("step:" + open.step().cluster(), () -> {
            Outcome outcome = new Outcome.Unknown("the step was cut off by an error");
            try {
                outcome = perform(open, token);
            } finally {
                // Even after an error the loop must hear of it, or the job waits for ever.
                inbox.put(new News.StepEnded(job, open.step(), outcome));
            }
        });
    }

    /**
     * The lease may have ended between the intent and this moment, for instance while the process was
     * stopped; a successor may act already. It is looked at last: reading the mark may take long.
     */
    private Outcome perform(Desk.OpenStep open, FencingToken token) {
        Optional<String> refusal = owners.refusal(open.step());
        if (refusal.isPresent()) {
            return new Outcome.Unknown(refusal.get());
        }
        return lease.holds(token)
                ? executor.perform(open.step())
                : new Outcome.Unknown("the lease ended before the step began");
    }

    /** Runs a task on the threads of that name. */
    void run(String pool, Runnable task) {
        pools.computeIfAbsent(pool, Workers::pool).execute(task);
    }

    private static ExecutorService pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS_PER_CLUSTER,
                THREADS_PER_CLUSTER,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Takes no new task and interrupts what runs. */
    @Override
    public void close() {
        pools.values().forEach(ExecutorService::shutdownNow);
    }
}
