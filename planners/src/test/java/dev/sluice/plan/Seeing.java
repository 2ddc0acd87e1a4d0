// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns the words after {@code see} into an observation. */
final class Seeing {
    /** What a healthy world shows: the attempt that shall run runs and completes checkpoints. */
    static final String AS_EXPECTED = "as-expected";

    private final JobRecord record;
    private final Instant now;

    Seeing(JobRecord record, Instant now) {
        this.record = record;
        this.now = now;
    }

    Observed of(String text) {
        Words words = Words.of("see " + (text.equals(AS_EXPECTED) ? expected() : text));
        Instant at = words.find("ago")
                .map(age -> now.minusSeconds(Long.parseLong(age)))
                .orElse(now);
        return switch (words.first()) {
            case "not-listed", "adoptable", "taken" -> new Observed.NotListed(at, List.of());
            case "same-name" -> new Observed.NotListed(at, List.of(live(words, 9, "running")));
            case "unreachable" -> new Observed.Unknown(at, "the cluster does not answer");
            case "absent" -> new Observed.ProvenAbsent(at, List.of("404 twice"));
            case "two" ->
                new Observed.Present(
                        at,
                        List.of(
                                live(words, record.attempt(), "running"),
                                live(words, record.attempt() - 1, "running")));
            case "ahead" ->
                new Observed.Present(at, List.of(live(words, record.attempt() + 2, "running")));
            case "old" ->
                new Observed.Present(at, List.of(live(words, record.attempt() - 1, "running")));
            default ->
                new Observed.Present(at, List.of(live(words, record.attempt(), words.first())));
        };
    }

    private String expected() {
        Phase phase =
                record.phase() instanceof Phase.Staging staging ? staging.before() : record.phase();
        boolean runs = phase instanceof Phase.Verifying
                || phase instanceof Phase.Stable
                || phase instanceof Phase.Stopping
                || phase instanceof Phase.Cancelling;
        return runs ? "running latest=chk-" + record.attempt() * 10 : "not-listed";
    }

    Adoptable adoptable(String text) {
        Words words = Words.of("see " + text);
        return switch (words.first()) {
            case "adoptable" ->
                new Adoptable.Free(live(words, 0, words.find("status").orElse("running")));
            case "taken" ->
                new Adoptable.Taken("the job to adopt is attempt 3 of payments/billing");
            default -> new Adoptable.Unseen();
        };
    }

    static JobId id(JobKey key, int attempt) {
        return attempt > 0 ? JobId.of(key, attempt) : new JobId("a".repeat(32));
    }

    /** {@code sp-*} is a savepoint, {@code chk-n} a checkpoint with that id. */
    static StatePointer pointer(String name, int attempt, Instant at) {
        boolean isCheckpoint = name.startsWith("chk-");
        String path = isCheckpoint ? "file:/state/" + attempt + "/" + name : "file:/state/" + name;
        return new StatePointer(
                isCheckpoint ? StatePointer.Kind.CHECKPOINT : StatePointer.Kind.SAVEPOINT,
                path,
                id(Specs.ORDERS, attempt),
                attempt,
                isCheckpoint ? Long.parseLong(name.substring(4)) : -1,
                at,
                "1.20");
    }

    private LiveJob live(Words words, int attempt, String status) {
        JobStatus known = JobStatus.valueOf(status.toUpperCase(Locale.ROOT));
        return new LiveJob(
                id(record.key(), attempt),
                "orders",
                known,
                Story.START,
                words.find("parallelism").map(Integer::valueOf).orElse(0),
                words.find("version").orElse("1.20"),
                Optional.empty(),
                words.find("detail").filter("none"::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of(detail(words, attempt)));
    }

    private JobDetail detail(Words words, int attempt) {
        long age = words.find("age").map(Long::valueOf).orElse(0L);
        Optional<StatePointer> latest =
                words.find("latest").map(name -> pointer(name, attempt, now.minusSeconds(age)));
        return new JobDetail(
                latest,
                words.find("restored").or(this::planned).filter(path -> !path.equals("nothing")),
                latest.isPresent() ? 1 : 0,
                0,
                words.find("restarts").map(Long::valueOf).orElse(0L),
                words.find("vertices").isEmpty(),
                words.find("vertices").filter("waiting"::equals).isPresent() ? 2 : 0,
                words.find("cause"),
                words.find("waits").map(names -> List.of(names.split(","))).orElse(List.of()),
                words.find("interval").map(Long::valueOf).map(Duration::ofSeconds));
    }

    private Optional<String> planned() {
        return record.startedFrom()
                .filter(RestoreFrom.State.class::isInstance)
                .map(from -> ((RestoreFrom.State) from).pointer().path());
    }
}
