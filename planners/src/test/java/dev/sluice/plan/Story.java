// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plays the commands of one scenario against the planner and tells what it did. The words are
 * explained in {@code scenarios/README.md}.
 */
final class Story {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MOST_STEPS = 30;

    private final Planner planner = new Planner();
    private final SortedMap<String, String> settings = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<Allowance> allowances = new ArrayList<>();
    private final Waiting waiting = new Waiting();
    private Instant now = START;
    private int commit = 0;
    private Desired desired = new Desired.Removed(Specs.commit(0));
    private JobRecord record = JobRecord.fresh(Specs.ORDERS);
    private Observed observed = new Observed.NotListed(START, List.of());
    private Optional<Instant> due = Optional.empty();
    private Optional<JobRecord> predecessor = Optional.empty();
    private Optional<Step> step = Optional.empty();
    private String seen = Seeing.AS_EXPECTED;
    private int savepoints = 0;
    private Headroom headroom = Surroundings.QUIET.headroom();

    /** Performs one command and returns the lines it tells. */
    List<String> play(String line) {
        told.clear();
        Words words = Words.of(line);
        switch (words.verb()) {
            case "commit" -> commit(words);
            case "given" -> given(words);
            case "invalid" -> invalid();
            case "remove" -> desired = new Desired.Removed(Specs.commit(++commit));
            case "allow" -> allowances.add(Allowance.valueOf(words.first()));
            case "policy" -> waiting.asksApproval(words.first());
            case "approve" -> waiting.approve();
            case "window" -> waiting.close(words.first().equals("closed"));
            case "due" -> due = Optional.of(now);
            case "free" -> headroom = new Headroom.Slots(Integer.parseInt(words.first()));
            case "predecessor" -> predecessor(words.first());
            case "see" -> seen = line.substring("see ".length());
            case "tick" -> tick(words.duration("PT10S"));
            case "wait" -> now = now.plus(words.duration("PT10S"));
            case "go" -> go();
            case "done" -> absorb(done(words));
            case "fails" -> absorb(failed(words, true));
            case "refuses" -> absorb(failed(words, false));
            case "unknown" -> absorb(new Outcome.Unknown("no answer"));
            case "waits" -> absorb(new Outcome.Waiting(now.plusSeconds(5), "under way"));
            case "crash" -> crash();
            case "project" -> project();
            case "notes" -> notes(words);
            default -> throw new IllegalArgumentException("no such command: " + line);
        }
        return List.copyOf(told);
    }

    JobRecord record() {
        return record;
    }

    private void commit(Words words) {
        commit++;
        words.settings().forEach((name, value) -> {
            if (value.isEmpty()) {
                settings.remove(name);
            } else {
                settings.put(name, value);
            }
        });
        desired = new Desired.Specified(
                Specs.commit(commit), Specs.job(commit, Specs.spec(settings)));
    }

    /** A job that was started and became stable. */
    private void given(Words words) {
        commit(words);
        go();
        tick(Duration.ofMinutes(1));
        told.subList(0, told.size() - 1).clear();
    }

    /** A commit whose spec is invalid: the last good one stays desired. */
    private void invalid() {
        commit++;
        Desired.Specified last = (Desired.Specified) desired;
        desired = new Desired.Specified(Specs.commit(commit), last.job());
    }

    private void predecessor(String what) {
        JobKey key = new JobKey("shop", "test", "payments", "old-orders");
        JobRecord old = JobRecord.fresh(key);
        EffectiveJob ran = Specs.job(0, Specs.spec(key, new TreeMap<>()));
        if (what.equals("unproven")) {
            // It was removed while nobody knew what its last attempt, from sp-old on, had left.
            old = old.attemptAtLeast(7).deployed(ran).learned(pointer("sp-old", 6));
            old = old.with(old.notes().sawCheckpoint());
        } else if (!what.equals("unborn")) {
            StatePointer last = pointer("sp-old", 7);
            old = old.attemptAtLeast(7)
                    .deployed(ran)
                    .learned(last)
                    .in(
                            what.equals("stopped")
                                    ? new Phase.Suspended(new RestoreFrom.State(last), START)
                                    : new Phase.Stable(JobId.of(old.key(), 7), START));
        }
        predecessor = Optional.of(old);
    }

    private void tick(Duration passes) {
        now = now.plus(passes);
        observed = new Seeing(record, now).of(seen);
        Decision decided = planner.decide(desired, record, observed, surroundings(), now);
        assertEquals(
                planner.considered(desired, record, observed, surroundings(), now),
                decided,
                "what is settled is what the rules say");
        Decision decision = admitted(decided);
        record = decision.next();
        step = decision.step();
        tell(decision);
    }

    /** What is done of a decision: it, or what looks after the job while its wish must wait. */
    private Decision admitted(Decision decision) {
        Optional<Hold> hold = waiting.hold(desired, record, decision, now);
        return hold.map(why -> planner.meanwhile(desired, record, observed, surroundings(), now)
                        .orElseGet(() -> Decision.rest(record, why.reason()))
                        .with(why))
                .orElse(decision);
    }

    private Surroundings surroundings() {
        return new Surroundings(
                due, asked(), new Seeing(record, now).adoptable(seen), allowances, headroom);
    }

    /** Who runs the planner brings the record of the job that git names, or that is inherited from. */
    private Optional<JobRecord> asked() {
        Optional<String> name = desired instanceof Desired.Specified specified
                ? specified.job().spec().lineage().formerly()
                : Optional.empty();
        Optional<String> key = name.or(() -> record.heirOf().map(JobKey::display));
        return predecessor.filter(old -> key.filter(old.key().display()::equals).isPresent());
    }

    /** Goes on with every step done, until there is none. */
    private void go() {
        for (int i = 0; i < MOST_STEPS; i++) {
            Phase before = record.phase();
            int lines = told.size();
            tick(Duration.ofSeconds(1));
            if (step.isEmpty() && record.phase().equals(before)) {
                told.subList(lines, told.size()).clear();
                return;
            }
            if (step.isPresent()) {
                absorb(done(Words.of("done")));
            }
        }
        throw new IllegalStateException("no end of steps");
    }

    private void absorb(Outcome outcome) {
        Step acted = step.orElseThrow(() -> new IllegalStateException("no step to answer"));
        record = planner.absorb(record, acted, outcome, now);
        if (outcome instanceof Outcome.Done && !(acted instanceof Step.Stage)) {
            seen = Seeing.AS_EXPECTED;
        }
        told.add("  -> " + describe(record));
    }

    /** The controller dies after the intent: the same step must come out again. */
    private void crash() {
        Step before = step.orElseThrow();
        Decision again = planner.decide(desired, record, observed, surroundings(), now);
        boolean isSame = again.step().filter(before::equals).isPresent();
        told.add(isSame ? "  the same step again" : "  ANOTHER STEP: " + again.step());
        record = again.next();
        step = again.step();
    }

    private void project() {
        told.addAll(JobLines.of(new Projection(planner)
                .project(desired, record, observed, surroundings(), now)
                .plan()));
    }

    /** What a reviewer is told besides the plan; the words are how long earlier restarts took. */
    private void notes(Words words) {
        JobPlan plan = new Projection(planner)
                .project(desired, record, observed, surroundings(), now)
                .plan();
        Optional<EffectiveJob> wanted = desired instanceof Desired.Specified specified
                ? Optional.of(specified.job())
                : Optional.empty();
        List<Duration> downtimes = words.bare().stream()
                .map(text -> Duration.parse("PT" + text.toUpperCase(Locale.ROOT)))
                .toList();
        new Remarks(List.of())
                .of(plan, new Facts(record.deployed(), wanted, downtimes))
                .forEach(remark -> told.add("  note: " + remark));
    }

    private Outcome done(Words words) {
        boolean isStop = step.filter(Step.StopWithSavepoint.class::isInstance).isPresent();
        if (words.first().equals("nothing")) {
            return new Outcome.Done(Evidence.NONE);
        }
        if (!words.first().isEmpty()) {
            long age = words.find("age").map(Long::valueOf).orElse(0L);
            return new Outcome.Done(Evidence.of(named(words.first(), age)));
        }
        return new Outcome.Done(
                isStop
                        ? Evidence.of(pointer("sp-" + ++savepoints, record.attempt()))
                        : record.newestState().map(Evidence::of).orElse(Evidence.NONE));
    }

    private Outcome failed(Words words, boolean retryable) {
        Evidence evidence = words.find("pointer")
                .map(name -> named(name, 0))
                .map(Evidence::of)
                .orElse(Evidence.NONE);
        Evidence full =
                words.find("state").map(state -> evidence.with("state", state)).orElse(evidence);
        Evidence whole =
                words.find("missing").map(path -> full.with("missing", path)).orElse(full);
        Evidence all =
                words.find("newer").map(path -> whole.with("newer", path)).orElse(whole);
        Evidence spent = words.find("burnt").map(id -> all.with("burnt", id)).orElse(all);
        return new Outcome.Failed(retryable, words.find("cause").orElse("it broke"), spent);
    }

    /** {@code sp-1} or {@code chk-3}, of the newest attempt unless {@code @n} says otherwise. */
    private StatePointer named(String text, long age) {
        String[] parts = text.split("@");
        int attempt = parts.length == 2 ? Integer.parseInt(parts[1]) : record.attempt();
        return Seeing.pointer(parts[0], attempt, now.minusSeconds(age));
    }

    private StatePointer pointer(String name, int attempt) {
        return Seeing.pointer(name, attempt, now);
    }

    private void tell(Decision decision) {
        Duration passed = Duration.between(START, now);
        told.add(String.format(
                "t+%02d:%02d %s (%s)%s",
                passed.toMinutes(),
                passed.toSecondsPart(),
                describe(decision.next()),
                decision.reason(),
                decision.step().map(acted -> ": " + StepText.of(acted)).orElse("")));
        decision.holds()
                .forEach(hold -> told.add("    ! " + hold.reason() + ": " + plain(hold.text())));
    }

    private String describe(JobRecord described) {
        String what = described.phase() instanceof Phase.Stopped stopped
                ? " with " + stopped.state()
                : described.phase() instanceof Phase.Suspended suspended
                        ? " with " + suspended.state()
                        : "";
        return plain(described.phase().word() + what);
    }

    private String plain(String text) {
        String plain = text;
        for (int number = 0; number <= 9; number++) {
            plain = plain.replace(Seeing.id(record.key(), number).hex(), "job#" + number);
        }
        return plain.replace(START.toString().substring(0, 11), "");
    }
}
