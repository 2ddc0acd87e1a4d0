// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.spec.CommitId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a controller for people who follow it: a line for each fact, when it is durable. The
 * journal has the evidence; texts that come from user code are not repeated here.
 */
final class Chronicle implements Phase.Handler<String> {
    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    private final JobRecord record;

    private Chronicle(JobRecord record) {
        this.record = record;
    }

    /** A job went from one phase to another. */
    static void moved(JobRecord before, JobRecord next) {
        boolean isNew = !before.phase().word().equals(next.phase().word())
                || before.attempt() != next.attempt();
        if (isNew && LOG.isInfoEnabled()) {
            LOG.info(
                    "{} job={} attempt={}",
                    next.phase().accept(new Chronicle(next)),
                    next.key().display(),
                    next.attempt());
        }
    }

    /** Something waits, for a reason that the last decision did not have. */
    static void held(Desk desk, Decision decision) {
        if (desk.isNewlyHeld(decision)) {
            for (Hold hold : decision.holds()) {
                LOG.info("held job={} reason={}", desk.key().display(), hold.reason());
            }
        }
    }

    /** A commit is in force. */
    static void followed(CommitId commit, int jobs, int invalid) {
        LOG.info("commit in force commit={} jobs={} invalid={}", commit.brief(), jobs, invalid);
    }

    /** A cluster answers, or answers no more. */
    static void reached(String cluster, Optional<String> unreachable) {
        if (unreachable.isPresent()) {
            LOG.warn("cluster out of reach cluster={} cause={}", cluster, unreachable.get());
        } else {
            LOG.info("cluster answers cluster={}", cluster);
        }
    }

    /** This process leads, or somebody else does. */
    static void leads(Leadership leadership) {
        if (leadership instanceof Leadership.Leading leading) {
            LOG.info("leads, looks after all jobs token={}", leading.token().number());
        } else if (leadership instanceof Leadership.Standby standby) {
            LOG.info("stands by, another controller leads owner={}", standby.owner());
        }
    }

    @Override
    public String absent(Phase.Absent phase) {
        return "removed";
    }

    @Override
    public String staging(Phase.Staging phase) {
        return "brings artifacts commit=" + phase.target().commit().brief();
    }

    @Override
    public String stopping(Phase.Stopping phase) {
        return "stops with a savepoint try=" + phase.tryNumber();
    }

    @Override
    public String cancelling(Phase.Cancelling phase) {
        return "cancels without a savepoint";
    }

    @Override
    public String recovering(Phase.Recovering phase) {
        return "recovers because=" + phase.reason();
    }

    @Override
    public String proving(Phase.Proving phase) {
        return "makes sure that nothing runs";
    }

    @Override
    public String stopped(Phase.Stopped phase) {
        return "stopped state=" + phase.state();
    }

    @Override
    public String starting(Phase.Starting phase) {
        return "starts id=" + phase.id() + " from=" + phase.from() + commit();
    }

    @Override
    public String verifying(Phase.Verifying phase) {
        return "started, is watched id=" + phase.id();
    }

    @Override
    public String stable(Phase.Stable phase) {
        return "stable id=" + phase.id();
    }

    @Override
    public String suspended(Phase.Suspended phase) {
        return "suspended state=" + phase.state();
    }

    @Override
    public String finished(Phase.Finished phase) {
        return "finished id=" + phase.id();
    }

    @Override
    public String blocked(Phase.Blocked phase) {
        return "blocked, a person must act reason=" + phase.reason();
    }

    private String commit() {
        return record.notes().startedBy().map(by -> " commit=" + by.brief()).orElse("");
    }
}
