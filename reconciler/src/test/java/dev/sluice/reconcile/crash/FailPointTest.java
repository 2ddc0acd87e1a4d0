// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailPointTest {
    /** Steps that no job on a local cluster makes; the simulation has them. */
    private static final Set<Class<?>> ELSEWHERE =
            Set.of(Step.ApplyLive.class, Step.EndCluster.class);

    @Test
    void everyTypeOfStepHasFailPoints() {
        Set<Class<?>> types = new HashSet<>(List.of(Step.class.getPermittedSubclasses()));
        types.removeAll(ELSEWHERE);

        Set<Class<?>> covered = FailPoint.all().stream()
                .map(point -> point.kind().type())
                .collect(Collectors.toSet());

        assertEquals(types, covered);
    }

    @Test
    void everyStepCanDieBeforeAndAfterItsIntentItsAnswerAndItsRecord() {
        for (StepKind kind : StepKind.values()) {
            List<Moment> moments = FailPoint.all().stream()
                    .filter(point -> point.kind() == kind)
                    .map(FailPoint::moment)
                    .toList();

            List<Moment> expected = kind.scene() == Scene.ELSEWHERE
                    ? List.of()
                    : Stream.of(Moment.values())
                            .filter(moment -> kind.waits() || !moment.needsWaiting())
                            .toList();
            assertEquals(expected, moments);
        }
    }
}
