// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Step;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailPointTest {
    @Test
    void everyTypeOfStepHasFailPoints() {
        Set<Class<?>> types = Set.of(Step.class.getPermittedSubclasses());

        Set<Class<?>> covered =
                FailPoint.all().stream().map(point -> point.kind().type()).collect(Collectors.toSet());

        assertEquals(types, covered);
    }

    @Test
    void everyStepCanDieBeforeAndAfterItsIntentItsEffectAndItsRecord() {
        assertEquals(
                4 * 4 + 2 * 6,
                FailPoint.all().size(),
                "four steps of one answer, and two that wait for their last");
        assertEquals(FailPoint.all().size(), Stream.of(FailPoint.all()).distinct().count() * 28);
    }
}
