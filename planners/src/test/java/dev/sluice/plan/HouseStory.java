// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.admit.Admission;
import dev.sluice.plan.admit.Applicant;
import dev.sluice.plan.admit.Circumstances;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plays the commands of a scenario about many jobs of one environment against planner and admission.
 * Every step succeeds in the tick after the one that took it; only what changed is told. The words are
 * explained in {@code scenarios/README.md}.
 */
final class HouseStory {
    /** One job: what is wanted, remembered and seen of it, and what was told last. */
    private static final class Member {
        private final SortedMap<String, String> settings = new TreeMap<>(Map.of("sql", "v1"));
        private Desired desired;
        private JobRecord record;
        private Optional<Step> step = Optional.empty();
        private String seen = Seeing.AS_EXPECTED;
        private String told = "";
    }

    private final Planner planner = new Planner();
    private final SortedMap<JobKey, Member> members = new TreeMap<>();
    private Instant now = Story.START;
    private int commit = 1;
    private Surroundings around = Surroundings.QUIET;

    /** Performs one command and returns the lines it tells. */
    List<String> play(String line) {
        Words words = Words.of(line);
        return switch (words.verb()) {
            case "house" -> house(words);
            case "commit" -> commit(words);
            case "see" -> see(words, line);
            case "free" -> free(Integer.parseInt(words.first()));
            case "tick" -> tick(words.duration("PT10S"));
            default -> throw new IllegalArgumentException("no such command: " + line);
        };
    }

    /** Jobs that are stable since the first commit. */
    private List<String> house(Words words) {
        for (String name : words.bare()) {
            Member member = new Member();
            JobKey key = key(name);
            member.settings.putAll(words.settings());
            EffectiveJob job = Specs.job(commit, Specs.spec(key, member.settings));
            member.desired = new Desired.Specified(job.commit(), job);
            JobRecord started =
                    JobRecord.fresh(key).starting(job, new RestoreFrom.Empty("first start"), now);
            member.record =
                    started.stable(new Phase.Stable(started.currentId().orElseThrow(), now));
            members.put(key, member);
        }
        return List.of();
    }

    /** One commit that changes the named jobs, or all of them. */
    private List<String> commit(Words words) {
        commit++;
        members.forEach((key, member) -> {
            if (words.bare().isEmpty() || words.bare().contains(key.name())) {
                member.settings.putAll(words.settings());
                EffectiveJob job = Specs.job(commit, Specs.spec(key, member.settings));
                member.desired = new Desired.Specified(job.commit(), job);
            }
        });
        return List.of();
    }

    private List<String> see(Words words, String line) {
        String rest = line.substring(line.indexOf(words.first()) + words.first().length());
        members.get(key(words.first())).seen = rest.trim();
        return List.of();
    }

    /** What the cluster says until another word; it does not follow what the jobs take. */
    private List<String> free(int slots) {
        around = new Surroundings(
                Optional.empty(),
                Optional.empty(),
                new Adoptable.Unseen(),
                List.of(),
                new Headroom.Slots(slots));
        return List.of();
    }

    private List<String> tick(Duration passes) {
        now = now.plus(passes);
        members.values().forEach(this::absorb);
        Map<JobKey, Decision> decisions = new HashMap<>();
        List<Applicant> applicants = new ArrayList<>();
        members.forEach((key, member) -> {
            Decision decision =
                    planner.decide(member.desired, member.record, seen(member), around, now);
            decisions.put(key, decision);
            applicants.add(new Applicant(
                    member.desired, member.record, decision, seen(member), around.headroom(), now));
        });
        SortedMap<JobKey, Hold> holds =
                new Admission().holds(applicants, Circumstances.ordinary(now));
        List<String> told = new ArrayList<>();
        members.forEach((key, member) -> {
            Decision decision =
                    admitted(member, decisions.get(key), Optional.ofNullable(holds.get(key)));
            member.record = decision.next();
            member.step = decision.step();
            tell(key, member, decision, told);
        });
        return told;
    }

    private void absorb(Member member) {
        member.step.ifPresent(step -> {
            boolean isStop = step instanceof Step.StopWithSavepoint;
            Evidence evidence = isStop
                    ? Evidence.of(Seeing.pointer(
                            "sp-" + member.record.attempt(), member.record.attempt(), now))
                    : member.record.newestState().map(Evidence::of).orElse(Evidence.NONE);
            member.record = planner.absorb(member.record, step, new Outcome.Done(evidence), now);
        });
    }

    private Observed seen(Member member) {
        return new Seeing(member.record, now).of(member.seen);
    }

    private Decision admitted(Member member, Decision decision, Optional<Hold> hold) {
        return hold.map(why -> planner.meanwhile(
                                member.desired, member.record, seen(member), around, now)
                        .orElseGet(() -> Decision.rest(member.record, why.reason()))
                        .with(why))
                .orElse(decision);
    }

    private void tell(JobKey key, Member member, Decision decision, List<String> told) {
        List<String> lines = new ArrayList<>();
        lines.add(key.name() + ": " + decision.next().phase().word() + " (" + decision.reason()
                + ")"
                + decision.step().map(step -> ": " + StepText.of(step)).orElse(""));
        decision.holds()
                .forEach(hold -> lines.add("    ! " + hold.reason() + ": "
                        + hold.text().replace(Story.START.toString().substring(0, 11), "")));
        String all = String.join("\n", lines);
        if (!all.equals(member.told)) {
            Duration passed = Duration.between(Story.START, now);
            told.add(String.format(
                    "t+%02d:%02d %s", passed.toMinutes(), passed.toSecondsPart(), lines.get(0)));
            told.addAll(lines.subList(1, lines.size()));
        }
        member.told = all;
    }

    private static JobKey key(String name) {
        return new JobKey("shop", "test", "payments", name);
    }
}
