// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One upgrade with state on real pods, with other versions of Flink than the contract is run with. */
@Tag("kubernetes")
class KubernetesVersionsIT {
    @ParameterizedTest
    @ValueSource(strings = {"1.15", "2.2"})
    void aJobStopsWithASavepointAndItsNextAttemptGoesOnFromIt(
            String version, @TempDir Path directory) {
        try (KubernetesWorld world = new KubernetesWorld(directory, version)) {
            SampleJob job = world.job("versions");
            start(world, job, 1, new RestoreFrom.Empty("first start"));
            world.advance(job, 1);

            Outcome stopped = Settling.settle(
                    () -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
            StatePointer savepoint =
                    ((Outcome.Done) stopped).evidence().pointer().orElseThrow();
            start(world, job, 2, new RestoreFrom.State(savepoint));
            world.advance(job, 2);

            Optional<String> restored = world.live(job, 2)
                    .flatMap(LiveJob::detail)
                    .flatMap(seen -> seen.restoredPath());
            assertEquals(Optional.of(savepoint.path()), restored);
            world.driver().endCluster(Requests.end(job, 2));
            Settling.until(
                    KubernetesWorld.PATIENCE,
                    () -> world.driver().proveAbsent(Requests.prove(job, 2)),
                    proof -> proof.verdict() == Verdict.ABSENT);
        }
    }

    private static void start(KubernetesWorld world, SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }
}
