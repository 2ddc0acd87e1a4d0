// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import dev.sluice.drive.isolation.SqlProblem;
import dev.sluice.drive.isolation.StateFit;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.util.Optional;

/** What a look at a program means for its job, in words for its author. */
public final class StageWords {
    private StageWords() {}

    /** Why there is no graph, for the program's author. */
    public static String of(WorkerFailure failure) {
        String told = failure.getMessage();
        return switch (failure.kind()) {
            case PROGRAM -> advised(told);
            case EXIT ->
                "main() ends the process with System.exit at " + told
                        + "; it must return, because the cluster runs it too";
            case DEADLINE ->
                "main() did not return in time" + (told.isEmpty() ? "" : "; it was at " + told)
                        + "; it may start its job, not wait for it";
            case DIED, START, WORKER -> "the graph of the job could not be compiled: " + told;
        };
    }

    static Outcome of(WorkerFailure failure, JobSpec spec, Elsewhere elsewhere, Evidence evidence) {
        String told = failure.getMessage();
        return switch (failure.kind()) {
            case PROGRAM ->
                elsewhere.isMissedBy(told)
                        ? new Outcome.Done(evidence.with("graph", unseen(told, elsewhere)))
                        : new Outcome.Failed(false, placed(advised(told), spec), evidence);
            case EXIT, DEADLINE -> new Outcome.Failed(false, of(failure), evidence);
            case DIED, START -> new Outcome.Failed(true, of(failure), evidence);
            case WORKER -> new Outcome.Done(evidence.with("graph", "not compiled: " + told));
        };
    }

    /** Where the graph itself is what the job is submitted as, so that there is no way without it. */
    public static Outcome failed(WorkerFailure failure, JobSpec spec) {
        boolean isOfProgram = failure.kind() == WorkerFailure.Kind.PROGRAM;
        boolean isLasting = isOfProgram
                || failure.kind() == WorkerFailure.Kind.EXIT
                || failure.kind() == WorkerFailure.Kind.DEADLINE;
        String told = isOfProgram ? placed(of(failure), spec) : of(failure);
        return new Outcome.Failed(!isLasting, told, Evidence.NONE);
    }

    /** A jar of the job is where connectors belong; Flink itself loads a few things from its own. */
    private static String advised(String told) {
        return told.contains(Elsewhere.NO_FACTORY)
                ? told.strip()
                        + "\nName the jar that has it under dependencies; what Flink itself must"
                        + " load, such as a file system, belongs into the cluster's own folders"
                : told;
    }

    private static String unseen(String told, Elsewhere elsewhere) {
        return "not compiled: " + told + ", and the cluster has more than Flink: "
                + String.join(", ", elsewhere.names());
    }

    static String fits(StateFit fit) {
        return fit.warnings().isEmpty()
                ? "every operator finds its state"
                : String.join("; ", fit.warnings());
    }

    static String misfit(StatePointer state, StateFit fit) {
        return "the state of the job does not fit its new graph: "
                + String.join("; ", fit.reasons()) + " (compared with " + state.path()
                + "); keep the operators and their uids, or say upgrade.allowNonRestoredState or"
                + " restore.empty";
    }

    /** The runner knows a script only; its file is known here. */
    private static String placed(String told, JobSpec spec) {
        Optional<SqlProblem> problem = SqlProblem.told(told);
        return spec.program() instanceof Program.Sql sql && problem.isPresent()
                ? sql.file() + ":" + problem.get().line() + ":" + problem.get().column() + ": "
                        + problem.get().message()
                : told;
    }
}
