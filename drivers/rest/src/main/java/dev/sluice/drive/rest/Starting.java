// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.StartRequest;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A start under a chosen id.
 *
 * <p><b>Order:</b> look the id up, check the state, upload the jar, run, and after any answer but
 * success look the id up again, because a refusal can leave a job behind and a lost answer can have
 * started one.
 *
 * <ul>
 *   <li>The id is there and has run, or may yet: Done, an earlier call did it.
 *   <li>The id is there, FAILED and never ran: Failed for good, the id is burnt.
 *   <li>The id is not there, but has left checkpoints: Failed with the newest of them, to start the next
 *       attempt from.
 *   <li>The id is not there, and TaskManagers of an earlier JobManager may still run it, because it was
 *       accepted and its answer lost: Unknown, nothing is submitted.
 *   <li>The id is not there, and an attempt that the request names lives: Unknown, nothing is submitted.
 *   <li>The id is not there, and such an attempt has completed newer state: Failed with that state.
 *   <li>The id is not there and Flink refused the request: Failed for good; nothing was started.
 *   <li>The id is not there after a lost answer: Unknown, because the cluster may still be at it.
 * </ul>
 */
final class Starting {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);
    private static final int BAD_REQUEST = 400;
    private static final String ORPHANS =
            "the JobManager does not know this attempt, but TaskManagers"
                    + " of an earlier one may still run it";

    private final FlinkRest rest;
    private final StartOnStorage storage;
    private final ClusterProcesses processes;

    Starting(FlinkRest rest, StateStorage storage, ClusterProcesses processes) {
        this.rest = rest;
        this.storage = new StartOnStorage(storage);
        this.processes = processes;
    }

    /** Why nothing is submitted: what an earlier call did, or what is in the way. */
    Optional<Outcome> begun(StartRequest request) {
        try {
            Optional<JobView> earlier = rest.job(request.id());
            if (earlier.isPresent()) {
                return Optional.of(adopted(request, earlier.get()));
            }
            Optional<Outcome> refusal = storage.refusal(request);
            Optional<Outcome> obstacle = refusal.isPresent() ? refusal : unclear(request);
            // In this order: what is not alive now has completed all that it ever will.
            return obstacle.isPresent() ? obstacle : storage.outrun(request);
        } catch (RestFailure e) {
            return Optional.of(new Outcome.Unknown(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(new Outcome.Unknown("cannot list checkpoints: " + e));
        }
    }

    /** Right after {@link #begun} had nothing to say. */
    Outcome submit(StartRequest request, Submission submission) {
        try {
            return run(request, submission);
        } catch (RestFailure e) {
            return new Outcome.Unknown(e.getMessage());
        } catch (IOException e) {
            return new Outcome.Unknown("nothing was submitted: " + e.getMessage());
        }
    }

    /**
     * What may run beside the new attempt: one that had ended, or this very one on TaskManagers of an
     * earlier JobManager.
     */
    private Optional<Outcome> unclear(StartRequest request) throws RestFailure {
        Optional<String> company = new Company(rest).of(request);
        if (company.isPresent()) {
            return company.map(Outcome.Unknown::new);
        }
        return processes.orphansExcluded().isPresent()
                ? Optional.empty()
                : Optional.of(new Outcome.Unknown(ORPHANS));
    }

    /**
     * The job came with its cluster; it is there as soon as its program has run that far. The adaptive
     * scheduler calls it CREATED before it has looked at the state that it starts from
     * ({@code org.apache.flink.runtime.scheduler.adaptive.WaitingForResources}).
     */
    Outcome started(StartRequest request, Instant now) {
        Instant next = now.plus(NEXT_LOOK);
        try {
            Optional<JobView> job = rest.job(request.id());
            if (job.isEmpty()) {
                return new Outcome.Waiting(next, "the program of the job is being run");
            }
            JobStatus status = job.get().status();
            boolean isBeginning = status == JobStatus.INITIALIZING || status == JobStatus.CREATED;
            return isBeginning
                    ? new Outcome.Waiting(next, "the job is " + status)
                    : adopted(request, job.get());
        } catch (RestFailure e) {
            return e.isNotServingYet()
                    ? new Outcome.Waiting(next, "the JobManager is starting")
                    : new Outcome.Unknown(e.getMessage());
        }
    }

    /** Checkpoints of this attempt, which must not be started again then; or no answer of storage. */
    Optional<Outcome> left(StartRequest request) {
        try {
            return storage.ranBefore(request);
        } catch (IOException e) {
            return Optional.of(new Outcome.Unknown("cannot list checkpoints: " + e));
        }
    }

    private Outcome run(StartRequest request, Submission submission)
            throws RestFailure, IOException {
        String jar = jar(submission);
        try {
            rest.run(jar, body(request, submission));
            return new Outcome.Done(Evidence.of("job", request.id().hex()));
        } catch (RestFailure e) {
            return afterFailure(request, e);
        }
    }

    private Outcome afterFailure(StartRequest request, RestFailure failure) throws RestFailure {
        Optional<JobView> left = rest.job(request.id());
        if (left.isPresent() && left.get().isBurnt()) {
            return burnt(request, failure.getMessage());
        }
        if (left.isPresent()) {
            return adopted(request, left.get());
        }
        boolean isDuplicate = failure.getMessage().contains("already been submitted");
        if (failure.status() == BAD_REQUEST && !isDuplicate) {
            return new Outcome.Failed(false, failure.getMessage(), Evidence.NONE);
        }
        return new Outcome.Unknown(failure.getMessage());
    }

    private Outcome adopted(StartRequest request, JobView job) throws RestFailure {
        if (job.isBurnt()) {
            String trace = rest.exception(request.id()).orElse("the job failed before it ran");
            return burnt(request, Causes.root(trace));
        }
        JobStatus status = job.status();
        return new Outcome.Done(
                Evidence.of("job", request.id().hex()).with("state", status.name()));
    }

    private static Outcome burnt(StartRequest request, String cause) {
        return new Outcome.Failed(
                false, cause, Evidence.of("burnt", request.id().hex()));
    }

    /** What is there under the digest was checked when it was brought there. */
    private String jar(Submission submission) throws RestFailure, IOException {
        Optional<String> uploaded = rest.findJar(submission.uploadName());
        if (uploaded.isPresent()) {
            return uploaded.get();
        }
        FileDigest.require(submission.jar(), submission.jarDigest());
        return rest.upload(submission.jar(), submission.uploadName());
    }

    private static Map<String, Object> body(StartRequest request, Submission submission) {
        Map<String, Object> body = new TreeMap<>();
        body.put("jobId", request.id().hex());
        body.put("parallelism", request.job().spec().resources().parallelism());
        body.put("programArgsList", submission.arguments());
        submission.mainClass().ifPresent(name -> body.put("entryClass", name));
        if (!submission.configuration().isEmpty()) {
            body.put("flinkConfiguration", submission.configuration());
        }
        StartOnStorage.pointer(request.from()).ifPresent(state -> {
            body.put("savepointPath", state.path());
            body.put(
                    "allowNonRestoredState",
                    request.job().spec().upgrade().allowNonRestoredState());
        });
        return body;
    }
}
