// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Desired;
import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.JobSpec.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The branch: the newest good word on each job, and the words before it. */
final class Git {
    private final TreeMap<JobKey, Desired> wishes = new TreeMap<>();
    private final Map<JobKey, List<JobSpec>> history = new HashMap<>();
    private final Map<JobKey, String> places = new HashMap<>();
    private final Estate estate;
    private final FlinkTarget.Mode mode;
    private int commits;

    Git(Estate estate, FlinkTarget.Mode mode) {
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
        wishes.put(spec.key(), new Desired.Specified(head(), job));
    }
}
