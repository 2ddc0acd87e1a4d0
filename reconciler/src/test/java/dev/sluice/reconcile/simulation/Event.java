// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

/**
 * One thing that happens to a run which nobody in it asked for.
 *
 * @param at seconds since the start
 * @param job index of the job it happens to; for events of a controller, the controller's
 * @param amount seconds, a number of a variant, or nothing, as the kind wants
 */
record Event(int at, Kind kind, int job, int amount) {
    /** What can happen. */
    enum Kind {
        COMMIT_SQL(Scope.JOB, 14),
        COMMIT_BAD_SQL(Scope.JOB, 3),
        COMMIT_UNFIT_SQL(Scope.JOB, 2),
        COMMIT_REVERT(Scope.JOB, 5),
        COMMIT_PARALLELISM(Scope.JOB, 5),
        COMMIT_LOG_LEVEL(Scope.JOB, 3),
        COMMIT_SUSPEND(Scope.JOB, 4),
        COMMIT_RESUME(Scope.JOB, 5),
        COMMIT_DELETE(Scope.JOB, 3),
        COMMIT_EMPTY(Scope.JOB, 2),
        /** The file cannot be read: the last good spec stays in force. */
        COMMIT_INVALID(Scope.JOB, 1),
        /** One commit that changes all jobs of the first cluster. */
        COMMIT_WAVE(Scope.JOB, 0, 8),
        /** The job shall run on the other cluster. */
        COMMIT_MOVE(Scope.JOB, 0, 3),
        JOB_FAILS(Scope.JOB, 5),
        JOB_RESTARTS(Scope.JOB, 3),
        /** High availability kept what an ended attempt needs to run again, and it does. */
        REVIVED(Scope.JOB, 0),
        USER_CANCELS(Scope.JOB, 2),
        OMIT_FROM_OVERVIEW(Scope.JOB, 4),
        SLOW_SAVEPOINT(Scope.JOB, 8),
        SAVEPOINT_FAILS(Scope.JOB, 6),
        SAVEPOINT_BUT_RUNS_ON(Scope.JOB, 5),
        SAVEPOINT_BUT_FAILS(Scope.JOB, 4),
        UNWRITABLE(Scope.JOB, 4),
        /** The next cancel leaves the job CANCELLING for ten times the amount of seconds. */
        CANCEL_HANGS(Scope.JOB, 3),
        /** The next start is taken at once, and the job begins so many seconds later. */
        SUBMIT_LATE(Scope.JOB, 4),
        SUBMIT_REFUSED(Scope.JOB, 3),
        SUBMIT_BURNS(Scope.JOB, 3),
        STAGE_FAILS(Scope.JOB, 2),
        /** The next step is done at once, and its call comes back so many seconds later. */
        CALL_HANGS(Scope.JOB, 4),
        LOSE_REQUEST(Scope.JOB, 6),
        LOSE_ANSWER(Scope.JOB, 12),
        JOB_MANAGER_LOST(Scope.CLUSTER, 8),
        UNREACHABLE(Scope.CLUSTER, 6),
        /** The resource manager is away, comes back with an empty list and finds all by and by. */
        RESOURCE_MANAGER_LOST(Scope.CLUSTER, 4),
        LATE_LOOK(Scope.CONTROLLER, 3),
        CRASH(Scope.CONTROLLER, 14),
        PAUSE(Scope.CONTROLLER, 10);

        private final Scope scope;
        private final int weight;
        private final int weightInHouse;

        Kind(Scope scope, int weight) {
            this(scope, weight, weight);
        }

        Kind(Scope scope, int weight, int weightInHouse) {
            this.scope = scope;
            this.weight = weight;
            this.weightInHouse = weightInHouse;
        }

        Scope scope() {
            return scope;
        }

        int weight(Estate estate) {
            return estate == Estate.PAIR ? weight : weightInHouse;
        }
    }

    /** Whom an event may touch. */
    enum Scope {
        JOB,
        CLUSTER,
        CONTROLLER
    }

    @Override
    public String toString() {
        return "at " + at + " s " + kind + " " + kind.scope().name().toLowerCase() + " " + job + " "
                + amount;
    }
}
