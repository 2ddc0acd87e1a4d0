// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@link Submissions} without waiting: jars are downloaded, checked and bundled in the background, a few
 * jobs at a time. Each answer is empty until then.
 */
public final class Preparations implements AutoCloseable {
    /** What a step says that waits for this. */
    public static final String DOING = "the jars of the job are being fetched and checked";

    private static final int AT_ONCE = 8;

    private record Question(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved) {}

    private final Submissions submissions;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread preparing = new Thread(task, "preparing-jobs");
        preparing.setDaemon(true);
        return preparing;
    });
    private final Background<JobKey, Question, Submission> shared;
    private final Background<JobKey, Question, Submission> looks;
    private final Background<JobKey, Question, JarProgram> apart;

    public Preparations(Submissions submissions, Clock clock) {
        this.submissions = requireNonNull(submissions, "submissions is null");
        this.shared = new Background<>(threads, one -> List.of(one.jar()), clock);
        this.looks = new Background<>(threads, one -> List.of(one.jar()), clock);
        this.apart = new Background<>(threads, JarProgram::files, clock);
    }

    /** As {@link Submissions#prepare}; a failure is thrown once, and the next call begins anew. */
    public Optional<Submission> shared(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved)
            throws ArtifactFailure, IOException {
        return shared.poll(
                spec.key(),
                new Question(spec, release, reserved),
                () -> submissions.prepare(spec, release, reserved));
    }

    /** As {@link Submissions#prepareForCheck}. */
    public Optional<Submission> forCheck(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved)
            throws ArtifactFailure, IOException {
        return looks.poll(
                spec.key(),
                new Question(spec, release, reserved),
                () -> submissions.prepareForCheck(spec, release, reserved));
    }

    /** As {@link Submissions#prepareApart}. */
    public Optional<JarProgram> apart(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved)
            throws ArtifactFailure, IOException {
        return apart.poll(
                spec.key(),
                new Question(spec, release, reserved),
                () -> submissions.prepareApart(spec, release, reserved));
    }

    /** Everything of the job is looked at anew when it is asked for next. */
    public void forget(JobKey job) {
        shared.forget(job);
        looks.forget(job);
        apart.forget(job);
    }

    /** The outcome of a submission: where it is not known, a jar may have changed after its check. */
    public Outcome judged(JobKey job, Outcome submitted) {
        if (submitted instanceof Outcome.Unknown) {
            forget(job);
        }
        return submitted;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
