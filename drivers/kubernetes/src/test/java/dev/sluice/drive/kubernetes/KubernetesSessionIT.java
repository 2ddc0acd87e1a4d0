// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a session cluster on real pods, which all jobs share and none ends. */
@Tag("kubernetes")
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesSessionIT extends DriverContract {
    private static final int MOST_ATTEMPTS = 3;
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    private KubernetesWorld world;

    @BeforeAll
    void open(@TempDir Path directory) {
        world = KubernetesWorld.shared(directory);
    }

    /** Only what still runs is cancelled, so that the next test finds the session cluster. */
    @AfterEach
    void clear() throws KubeFailure {
        for (SampleJob job : world.made()) {
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                int each = attempt;
                Settling.settle(() -> world.driver().cancel(Requests.cancel(job, each)));
            }
        }
        assertTrue(world.tenant().deployments().size() <= 1, "two session clusters");
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Override
    protected DriverWorld world() {
        return world;
    }

    @Test
    void aJobOfALostJobManagerIsNeverProvenAbsentAndGoesOnFromItsNewestCheckpoint() {
        SampleJob job = running("lost-manager");
        world.advance(job, 1);

        world.tenant().killPods("jobmanager", session());

        List<Verdict> seen = new ArrayList<>();
        String path = Settling.until(
                        KubernetesWorld.PATIENCE,
                        () -> {
                            seen.add(prove(job).verdict());
                            return restored(job);
                        },
                        Optional::isPresent)
                .orElseThrow();
        assertTrue(path.contains("/checkpoints/" + JobId.of(job.key(), 1).hex() + "/chk-"), path);
        assertTrue(seen.stream().noneMatch(verdict -> verdict == Verdict.ABSENT), seen::toString);
        assertEquals(Verdict.PRESENT, prove(job).verdict());
    }

    @Test
    void whatHighAvailabilityKnewOfADeletedSessionClusterComesBackWithNoOther() {
        SampleJob old = running("deleted-with-it");
        world.advance(old, 1);
        world.killJobManager();
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> prove(old),
                proof -> proof.verdict() == Verdict.ABSENT);

        running("first-in-the-next");

        assertEquals(Optional.empty(), world.live(old, 1));
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> prove(old),
                proof -> proof.verdict() == Verdict.ABSENT);
    }

    private SampleJob running(String name) {
        SampleJob job = world.job(name);
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, 1, EMPTY)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        Settling.until(
                KubernetesWorld.PATIENCE,
                () -> world.live(job, 1),
                live -> live.flatMap(LiveJob::detail)
                        .filter(detail -> detail.allVerticesRunning())
                        .isPresent());
        return job;
    }

    private Proof prove(SampleJob job) {
        return world.driver().proveAbsent(Requests.prove(job, 1));
    }

    private Optional<String> restored(SampleJob job) {
        return world.live(job, 1).flatMap(LiveJob::detail).flatMap(detail -> detail.restoredPath());
    }

    private String session() {
        try {
            return Json.name(world.tenant().deployments().get(0));
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }
}
