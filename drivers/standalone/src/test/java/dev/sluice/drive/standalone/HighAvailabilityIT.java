// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager with high availability is lost; the next one brings its jobs back under their ids. */
class HighAvailabilityIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path directory;

    @Test
    void aJobThatFlinkBringsBackItselfIsNeverProvenAbsentAndGoesOnFromItsNewestCheckpoint()
            throws Exception {
        FlinkHome home = StandaloneWorld.home("1.20");
        try (ZooKeeper zooKeeper = new ZooKeeper(home, directory.resolve("zookeeper"));
                StandaloneWorld world = new StandaloneWorld(
                        directory.resolve("cluster"), "1.20", zooKeeper.configuration())) {
            SampleJob job = world.job("lasting");
            JobId id = JobId.of(job.key(), 1);
            Settling.settle(() -> world.driver().stage(Requests.stage(job)));
            Settling.settle(() -> world.driver()
                    .start(Requests.start(job, 1, new RestoreFrom.Empty("first start"))));
            world.advance(job, 1);
            world.advance(job, 1);
            StatePointer before = newest(world, id).orElseThrow();

            world.processes().killJobManager();
            ClusterObservation lost = world.driver().observe(Map.of(id, 1));
            Outcome stopped = world.driver().stopWithSavepoint(Requests.stop(job, 1, 1));
            world.processes().startJobManager();
            List<Proof.Verdict> verdicts = new ArrayList<>();
            Settling.until(
                    PATIENCE,
                    () -> {
                        verdicts.add(world.driver()
                                .proveAbsent(Requests.prove(job, 1))
                                .verdict());
                        return live(world, id).map(LiveJob::status);
                    },
                    status -> status.equals(Optional.of(JobStatus.RUNNING)));

            assertTrue(lost.unreachable().isPresent(), lost::toString);
            assertEquals(Outcome.Unknown.class, stopped.getClass(), stopped::toString);
            assertTrue(!verdicts.contains(Proof.Verdict.ABSENT), verdicts::toString);
            String restored = live(world, id)
                    .flatMap(LiveJob::detail)
                    .flatMap(JobDetail::restoredPath)
                    .orElseThrow();
            assertTrue(number(restored) >= number(before.path()), restored + " " + before);
        }
    }

    private static Optional<LiveJob> live(StandaloneWorld world, JobId id) {
        return world.driver().observe(Map.of(id, 1)).jobs().stream()
                .filter(job -> job.id().equals(id))
                .findFirst();
    }

    private static Optional<StatePointer> newest(StandaloneWorld world, JobId id) {
        return live(world, id).flatMap(LiveJob::detail).flatMap(JobDetail::latestCompleted);
    }

    private static int number(String checkpoint) {
        return Integer.parseInt(checkpoint.substring(checkpoint.lastIndexOf("chk-") + 4));
    }
}
