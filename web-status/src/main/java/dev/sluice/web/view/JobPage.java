// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that is known of one job.
 *
 * @param plan the step that the controller has begun and that has not ended; empty where the job
 *     waits, or there is nothing to do
 * @param stored the plan by which the job becomes what is wanted; empty where none was needed
 * @param timeline what happened, newest first
 * @param ledger every state pointer ever seen, newest first
 * @param definition empty while no valid specification was ever read
 * @param exception root cause of the newest failure, as Flink reports it
 * @param errors findings of the followed commit in this job's files
 * @param commits commits that changed this job, newest first
 */
public record JobPage(
        FleetRow row,
        List<PlannedStep> plan,
        Optional<StoredPlan> stored,
        List<TimelineEntry> timeline,
        List<LedgerEntry> ledger,
        Optional<Definition> definition,
        Optional<String> exception,
        List<SpecError> errors,
        List<CommitLine> commits) {
    /**
     * A step that is being taken.
     *
     * @param verb such as {@code stop with savepoint}
     * @param text what it does to the job and its state
     */
    public record PlannedStep(String verb, String text) {
        public PlannedStep {
            requireNonNull(verb, "verb is null");
            requireNonNull(text, "text is null");
        }
    }

    /**
     * A plan as it was stored before its first step.
     *
     * @param id what an approval names
     * @param lines what was planned, and what it takes for granted
     */
    public record StoredPlan(String id, CommitId commit, List<String> lines) {
        public StoredPlan {
            requireNonNull(id, "id is null");
            requireNonNull(commit, "commit is null");
            lines = List.copyOf(lines);
        }
    }

    /**
     * A step that was taken.
     *
     * @param outcome how it ended, or {@code in flight}
     * @param evidence what supports the outcome
     */
    public record TimelineEntry(
            Instant at,
            int attempt,
            String step,
            String outcome,
            Motive motive,
            Evidence evidence) {
        public TimelineEntry {
            requireNonNull(at, "at is null");
            requireNonNull(step, "step is null");
            requireNonNull(outcome, "outcome is null");
            requireNonNull(motive, "motive is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    /**
     * Why a step was taken.
     *
     * @param commit the commit followed then
     * @param author of that commit, where it is known
     * @param signer whose key verified the commit, where one did
     * @param plan id of the plan that the step belongs to, where it is known
     * @param reason one word, such as {@code SpecChanged}
     */
    public record Motive(
            CommitId commit,
            Optional<String> author,
            Optional<String> signer,
            Optional<String> plan,
            String reason) {
        public Motive {
            requireNonNull(commit, "commit is null");
            requireNonNull(author, "author is null");
            requireNonNull(signer, "signer is null");
            requireNonNull(plan, "plan is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** What a pointer is to its job now. */
    public enum Standing {
        /** The next restore would use it. */
        LIVE("live"),
        /** Not used next, and nothing proves that it is gone. */
        KEPT("kept"),
        CONSUMED("consumed"),
        GONE("gone");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A savepoint or checkpoint of this job.
     *
     * @param bytes size where Flink reported it
     */
    public record LedgerEntry(StatePointer pointer, Standing standing, OptionalLong bytes) {
        public LedgerEntry {
            requireNonNull(pointer, "pointer is null");
            requireNonNull(standing, "standing is null");
            requireNonNull(bytes, "bytes is null");
        }
    }

    /**
     * What was rendered from the repository; a secret is only ever its reference.
     *
     * @param spec the effective specification as YAML
     * @param sql the effective SQL, for SQL jobs
     */
    public record Definition(String spec, Optional<String> sql) {
        public Definition {
            requireNonNull(spec, "spec is null");
            requireNonNull(sql, "sql is null");
        }
    }

    /** A commit, as git tells it. */
    public record CommitLine(CommitId id, Instant at, String author, String subject) {
        public CommitLine {
            requireNonNull(id, "id is null");
            requireNonNull(at, "at is null");
            requireNonNull(author, "author is null");
            requireNonNull(subject, "subject is null");
        }
    }

    /** The same with another part of its history. */
    public JobPage with(List<TimelineEntry> other) {
        return new JobPage(
                row, plan, stored, other, ledger, definition, exception, errors, commits);
    }

    public JobPage {
        requireNonNull(row, "row is null");
        plan = List.copyOf(plan);
        requireNonNull(stored, "stored is null");
        timeline = List.copyOf(timeline);
        ledger = List.copyOf(ledger);
        requireNonNull(definition, "definition is null");
        requireNonNull(exception, "exception is null");
        errors = List.copyOf(errors);
        commits = List.copyOf(commits);
    }
}
