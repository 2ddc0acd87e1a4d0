// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Planner;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.testing.MemoryTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the planner's decisions cost: for a fleet in which nothing or one job has changed. */
final class Deciding implements Benchmark {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /** What a stable job's record says once a checkpoint of its attempt was seen. */
    private static final Notes CHECKPOINTED = Notes.NONE.sawCheckpoint();

    /** A job with all that a decision on it looks at. */
    private record Case(Desired.Specified desired, JobRecord record, Observed observed) {}

    /** So many decisions on the changed job in a row: one alone measures caches and the clock. */
    private static final int IN_A_ROW = 200;

    private final Planner planner = new Planner();

    @Override
    public String id() {
        return "decide";
    }

    @Override
    public String question() {
        return "decisions on a settled fleet, and on one with a changed job";
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        Map<String, String> files = new TreeMap<>(GeneratedRepository.files(jobs));
        List<Case> settled = cases(jobs(files), jobs(files));
        String script = "jobs/team-1/job-1/job.sql";
        files.put(script, files.get(script).replace("UPPER", "LOWER"));
        List<Case> changed = cases(
                jobs(files), settled.stream().map(one -> one.desired().job()).toList());
        Case edited = changed.stream().filter(Deciding::isChanged).findFirst().orElseThrow();
        bench.rounds(() -> {
            double none = tick(bench, "tick, nothing changed", settled, 0);
            double one = tick(bench, "tick, one job changed", changed, 1);
            bench.tell("one changed / nothing changed", "x", one / none);
            compare(bench, settled);
            bench.tell("decide, the changed job, at once", "us", micros(edited, 1));
            bench.tell("decide, the changed job, in a row", "us", micros(edited, IN_A_ROW));
        });
    }

    private double micros(Case edited, int times) {
        long began = System.nanoTime();
        int steps = 0;
        for (int i = 0; i < times; i++) {
            Decision decision =
                    planner.decide(edited.desired(), edited.record(), edited.observed(), NOW);
            steps += decision.step().isPresent() ? 1 : 0;
        }
        double micros = (System.nanoTime() - began) / 1e3 / times;
        if (steps != times) {
            throw new IllegalStateException("the changed job was to have a step");
        }
        return micros;
    }

    /** Decides for every job, and answers how many milliseconds that took. */
    private double tick(Bench bench, String what, List<Case> fleet, int expected) {
        long allocated = Cpu.allocated();
        long began = System.nanoTime();
        int steps = 0;
        for (Case one : fleet) {
            Decision decision = planner.decide(one.desired(), one.record(), one.observed(), NOW);
            steps += decision.step().isPresent() ? 1 : 0;
        }
        double millis = (System.nanoTime() - began) / 1e6;
        bench.tell(what, "ms", millis);
        bench.tell(what + ": for each job", "us", millis * 1e3 / fleet.size());
        bench.tell(
                what + ": allocated for each job",
                "B",
                (double) (Cpu.allocated() - allocated) / fleet.size());
        if (steps != expected) {
            throw new IllegalStateException("expected " + expected + " steps, found " + steps);
        }
        return millis;
    }

    /** The least that can be done: is what is wanted what is deployed? */
    private static void compare(Bench bench, List<Case> fleet) {
        long allocated = Cpu.allocated();
        long began = System.nanoTime();
        int changed = 0;
        for (Case one : fleet) {
            changed += isChanged(one) ? 1 : 0;
        }
        double micros = (System.nanoTime() - began) / 1e3;
        bench.tell("floor, comparing digests: for each job", "us", micros / fleet.size());
        bench.tell(
                "floor, comparing digests: allocated for each job",
                "B",
                (double) (Cpu.allocated() - allocated) / fleet.size());
        if (changed != 0) {
            throw new IllegalStateException("nothing was to change");
        }
    }

    private static boolean isChanged(Case one) {
        return !one.desired().job().isSameAs(one.record().deployed().orElseThrow());
    }

    private static List<EffectiveJob> jobs(Map<String, String> files) {
        var reading = new SpecReader().read(MemoryTree.of(files), "test", Optional.empty());
        return List.copyOf(reading.jobs().values());
    }

    private static List<Case> cases(List<EffectiveJob> wanted, List<EffectiveJob> deployed) {
        List<Case> cases = new ArrayList<>();
        for (int job = 0; job < wanted.size(); job++) {
            EffectiveJob target = wanted.get(job);
            cases.add(new Case(
                    new Desired.Specified(target.commit(), target),
                    record(deployed.get(job)),
                    seen(deployed.get(job))));
        }
        return List.copyOf(cases);
    }

    private static JobRecord record(EffectiveJob job) {
        JobId id = JobId.of(job.key(), 1);
        return new JobRecord(
                job.key(),
                1,
                new Phase.Stable(id, NOW.minusSeconds(3600)),
                Optional.of(job),
                Optional.of(new RestoreFrom.Empty("first start")),
                Optional.of(job),
                List.of(checkpoint(id)),
                Optional.of(NOW),
                List.of(),
                0,
                CHECKPOINTED);
    }

    private static Observed seen(EffectiveJob job) {
        JobId id = JobId.of(job.key(), 1);
        JobDetail detail = new JobDetail(
                Optional.of(checkpoint(id)), Optional.empty(), 7, 0, 0, true, 0, Optional.empty());
        LiveJob live = new LiveJob(
                id,
                job.key().display(),
                JobStatus.RUNNING,
                NOW.minusSeconds(3600),
                4,
                "1.20",
                Optional.empty(),
                Optional.of(detail));
        return new Observed.Present(NOW, List.of(live));
    }

    private static StatePointer checkpoint(JobId id) {
        String path = "file:/state/checkpoints/" + id.hex() + "/chk-7";
        return new StatePointer(StatePointer.Kind.CHECKPOINT, path, id, 1, 7, NOW, "1.20");
    }
}
