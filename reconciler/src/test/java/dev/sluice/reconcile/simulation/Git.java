// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Desired;
import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.spec.Allowance;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.JobSpec.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The branch: the newest good word on each job, and the words before it. */
final class Git {
    private final TreeMap<JobKey, Desired> wishes = new TreeMap<>();
    private final Map<JobKey, List<JobSpec>> history = new HashMap<>();
    private final Map<JobKey, String> places = new HashMap<>();
    private final Estate estate;
    private final FlinkTarget.Mode mode;
    private final Map<JobKey, Instant> saidAt = new HashMap<>();
    private final Supplier<Instant> clock;
    private int commits;

    Git(Estate estate, FlinkTarget.Mode mode, Supplier<Instant> clock) {
        this.clock = clock;
        this.estate = estate;
        this.mode = mode;
    }

    Map<JobKey, Desired> wishes() {
        return wishes;
    }

    /** Changes with every commit. */
    int version() {
        return commits;
    }

    CommitId head() {
        return new CommitId(String.format("%040x", commits));
    }

    /** A person has approved what is wanted of the job. */
    boolean isApproved(JobKey key) {
        return !estate.isStrict()
                || saidAt.containsKey(key)
                        && !clock.get()
                                .isBefore(saidAt.get(key).plus(Estate.approval(Specs.job(key))));
    }

    /** What has been approved, as the files say it. */
    List<Allowance> approvals() {
        return saidAt.keySet().stream()
                .filter(key -> estate.isStrict() && isApproved(key))
                .map(key -> new Allowance(
                        Optional.of(wishes.get(key).plan()),
                        Optional.empty(),
                        Optional.of(key.display()),
                        Allowance.Kind.APPROVAL,
                        "looked at",
                        clock.get().plusSeconds(60)))
                .toList();
    }

    /** A commit of one kind; a kind that says nothing now changes nothing. */
    void commit(JobKey key, Kind kind, int amount) {
        commits++;
        List<JobSpec> before = history.computeIfAbsent(key, unused -> new ArrayList<>());
        switch (kind) {
            case COMMIT_SQL -> say(Specs.spec(key, "v" + commits, State.RUNNING, amount, 0));
            case COMMIT_BAD_SQL -> say(Specs.spec(key, "bad" + commits, State.RUNNING, amount, 0));
            case COMMIT_UNFIT_SQL ->
                say(Specs.spec(key, "unfit" + commits, State.RUNNING, amount, 0));
            case COMMIT_EMPTY ->
                say(Specs.spec(key, "v" + commits, State.RUNNING, amount, commits));
            case COMMIT_REVERT -> say(before.get(Math.max(0, before.size() - 2)));
            case COMMIT_PARALLELISM -> say(Specs.scaled(newest(before), 2 + amount % 4));
            case COMMIT_LOG_LEVEL -> say(Specs.logging(newest(before), "level" + amount));
            case COMMIT_SUSPEND -> say(Specs.in(newest(before), State.SUSPENDED));
            case COMMIT_RESUME -> say(Specs.in(newest(before), State.RUNNING));
            case COMMIT_WAVE -> wave(amount);
            case COMMIT_MOVE -> {
                List<String> clusters = estate.clusters();
                int next = clusters.indexOf(place(key)) + 1;
                places.put(key, clusters.get(next % clusters.size()));
                say(newest(before));
            }
            case COMMIT_DELETE -> wishes.put(key, new Desired.Removed(head()));
            default -> {
                // An invalid commit leaves the last good one in force.
            }
        }
    }

    private void wave(int amount) {
        for (int job = 0; job < estate.jobs(); job++) {
            if (estate.home(job).equals("main")) {
                say(Specs.spec(Specs.key(job), "v" + commits, State.RUNNING, amount, 0));
            }
        }
    }

    private String place(JobKey key) {
        return places.getOrDefault(key, estate.home(Specs.job(key)));
    }

    private static JobSpec newest(List<JobSpec> before) {
        return before.get(before.size() - 1);
    }

    private void say(JobSpec said) {
        JobSpec spec = Specs.on(said, mode, place(said.key()));
        history.get(spec.key()).add(spec);
        EffectiveJob job =
                new EffectiveJob(spec, head(), Digest.of(spec.toString()), "jobs/job.yaml");
        Optional<String> before = Optional.ofNullable(wishes.get(spec.key())).map(Desired::plan);
        if (before.filter(job.digest().brief()::equals).isEmpty()) {
            saidAt.put(spec.key(), clock.get());
        }
        wishes.put(spec.key(), new Desired.Specified(head(), job));
    }
}
