// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailPointTest {
    /**
     * Steps that these worlds do not have. No driver applies a change live as yet: each declines. And
     * a cluster is ended only for a job that has it for itself, in application mode, while the job of
     * these worlds shares a session cluster: {@code DriverContract} and the simulation end clusters.
     */
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
    void theFaultMatrixNamesFailPointsThatExist() throws IOException {
        Set<String> known = FailPoint.all().stream()
                .flatMap(point -> Stream.of(point.toString(), "*." + point.moment()))
                .collect(Collectors.toSet());
        String matrix = Files.readString(Path.of("../docs/fault-matrix.md"));

        List<String> strange = Pattern.compile("`((?:\\*|[A-Z]+)\\.[A-Z]+)`")
                .matcher(matrix)
                .results()
                .map(named -> named.group(1))
                .filter(name -> !known.contains(name))
                .toList();

        assertEquals(List.of(), strange);
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
