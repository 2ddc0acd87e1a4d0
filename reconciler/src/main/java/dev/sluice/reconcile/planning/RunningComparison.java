// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.reconcile.loop.BoardCopy;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.CommitReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The inputs of a plan against a running controller: what it knows of its jobs and clusters at this
 * moment. The controller asks nobody for it, and learns nothing of the commit that is planned.
 */
public final class RunningComparison {
    private final RunningController controller;
    private final String environment;

    /** @param address of the controller's status page */
    public RunningComparison(URI address, String environment) {
        this.controller = new RunningController(address);
        this.environment = environment;
    }

    /**
     * The inputs; the head's environment must be valid.
     *
     * @param commits reads the commit in force where it can be had
     * @throws IOException when the controller cannot be asked, or keeps something else
     */
    public PlanInputs with(
            CommitReading head, Function<CommitId, Optional<CommitReading>> commits, Instant now)
            throws IOException, InterruptedException {
        BoardCopy copy = controller.board(environment);
        requireSame(copy, head);
        try {
            return MemoryComparison.of(
                    environment,
                    copy.board(),
                    copy.commit().flatMap(commits),
                    head,
                    this::downtimes,
                    now);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void requireSame(BoardCopy copy, CommitReading head) throws IOException {
        Optional<String> other = copy.jobs().stream()
                .map(job -> job.record().key().repository())
                .filter(id ->
                        head.repositoryId().filter(known -> !known.equals(id)).isPresent())
                .findFirst();
        if (other.isPresent()) {
            throw new IOException("the controller follows the repository " + other.get()
                    + ", and this one is " + head.repositoryId().orElseThrow());
        }
    }

    private List<Duration> downtimes(JobKey job) {
        try {
            return controller.downtimes(job);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
