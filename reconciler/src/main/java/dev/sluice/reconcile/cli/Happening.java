// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.git.CommitInfo;
import dev.sluice.reconcile.journal.Event;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.status.Timeline;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.web.api.JobJson;
import dev.sluice.web.view.JobPage.Motive;
import dev.sluice.web.view.JobPage.TimelineEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of the environment's history: something that became known or was decided, or a step.
 *
 * @param author of the commit, where the journal knows the commit
 * @param plan of a step; nothing else belongs to one
 * @param step empty for what was no step
 */
record Happening(
        Instant at,
        Optional<JobKey> job,
        String reason,
        Optional<CommitId> commit,
        Optional<String> author,
        Optional<String> signer,
        Optional<String> plan,
        String text,
        Optional<TimelineEntry> step) {
    Happening {
        requireNonNull(at, "at is null");
        requireNonNull(job, "job is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(author, "author is null");
        requireNonNull(signer, "signer is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(text, "text is null");
        requireNonNull(step, "step is null");
    }

    /** The newest of both kinds together, newest first; of one instant, steps come after words. */
    static List<Happening> newest(Journal journal, int limit) {
        Stream<Happening> steps = journal.history(limit).stream().map(Happening::of);
        Stream<Happening> words = journal.events(limit).stream().map(event -> of(event, journal));
        return Stream.concat(steps, words)
                .sorted(Comparator.comparing(Happening::at).reversed())
                .limit(limit)
                .toList();
    }

    private static Happening of(HistoryEntry entry) {
        TimelineEntry step = Timeline.entry(entry);
        Motive motive = step.motive();
        return new Happening(
                step.at(),
                Optional.of(entry.job()),
                motive.reason(),
                Optional.of(motive.commit()),
                motive.author(),
                motive.signer(),
                motive.plan(),
                StepWords.line(step),
                Optional.of(step));
    }

    private static Happening of(Event event, Journal journal) {
        Optional<CommitInfo> info =
                event.commit().flatMap(journal::commit).map(FollowedCommit::info);
        return new Happening(
                event.at(),
                event.job(),
                event.word(),
                event.commit(),
                info.map(CommitInfo::author),
                info.flatMap(CommitInfo::signer),
                Optional.empty(),
                event.text(),
                Optional.empty());
    }

    /** Fields without a value are left out; a step has all that {@code sluice history} tells. */
    Map<String, Object> json() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("time", at.toString());
        job.ifPresent(key -> row.put("job", key.display()));
        row.put("reason", reason);
        commit.ifPresent(id -> row.put("commit", id.hash()));
        author.ifPresent(name -> row.put("author", name));
        signer.ifPresent(key -> row.put("signer", key));
        plan.ifPresent(id -> row.put("plan", id));
        row.put("text", text);
        step.ifPresent(entry -> row.put("step", JobJson.taken(entry)));
        return row;
    }
}
