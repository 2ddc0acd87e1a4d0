// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateFitTest {
    private static final SavedState STATE =
            new SavedState(7, List.of(saved("aa", 128, true), saved("bb", 128, false)));

    @Test
    void theSameOperatorsFit() {
        StateFit fit = fit(operator("aa", 4, 128, "sum"), operator("bb", 4, -1, "sink"));

        assertEquals(new StateFit(List.of(), List.of()), fit);
    }

    @Test
    void stateOfAnOperatorThatIsGoneDoesNotFit() {
        StateFit fit = fit(operator("bb", 4, -1, "sink"));

        assertEquals(
                List.of("the state of operator aa (61653 bytes) has no operator in the new graph"),
                fit.reasons());
    }

    @Test
    void stateMayBeLeftBehindWhenTheSpecSaysSo() {
        StateFit fit = StateFit.of(STATE, job(operator("bb", 4, -1, "sink")), true);

        assertTrue(fit.isCompatible());
        assertEquals(1, fit.warnings().size());
    }

    @Test
    void anOperatorWithoutStateMayGo() {
        assertTrue(fit(operator("aa", 4, 128, "sum")).isCompatible());
    }

    @Test
    void anotherMaxParallelismDoesNotFitUnlessFlinkChoosesIt() {
        assertFalse(fit(operator("aa", 4, 256, "sum")).isCompatible());
        assertTrue(fit(operator("aa", 4, -1, "sum")).isCompatible());
    }

    @Test
    void moreSubtasksThanKeyGroupsDoNotFit() {
        assertFalse(fit(operator("aa", 129, -1, "sum")).isCompatible());
        assertTrue(fit(operator("aa", 128, -1, "sum")).isCompatible());
    }

    @Test
    void stateIsFoundByTheHashThatAUserSet() {
        CompiledJob.Operator operator = new CompiledJob.Operator(
                "cc", Optional.of("aa"), Optional.empty(), "sum", 4, -1, true);

        assertTrue(fit(operator).isCompatible());
    }

    @Test
    void stateThatIsFoundByTheShapeOfTheGraphAloneIsWarnedOf() {
        CompiledJob.Operator operator = new CompiledJob.Operator(
                "aa", Optional.empty(), Optional.empty(), "sum", 4, -1, true);

        assertEquals(1, fit(operator).warnings().size());
    }

    @Test
    void aKeyedOperatorThatStartsEmptyIsWarnedOf() {
        StateFit fit = fit(operator("aa", 4, -1, "sum"), operator("dd", 4, -1, "new"));

        assertEquals(List.of("operator 'new' starts with empty state"), fit.warnings());
    }

    private static StateFit fit(CompiledJob.Operator... operators) {
        return StateFit.of(STATE, job(operators), false);
    }

    private static CompiledJob job(CompiledJob.Operator... operators) {
        return new CompiledJob(List.of(operators), Optional.empty(), Optional.empty());
    }

    private static SavedState.Operator saved(String id, int maxParallelism, boolean hasState) {
        return new SavedState.Operator(
                id, Optional.empty(), Optional.empty(), 2, maxParallelism, 61_653, hasState);
    }

    private static CompiledJob.Operator operator(
            String id, int parallelism, int maxParallelism, String name) {
        return new CompiledJob.Operator(
                id, Optional.empty(), Optional.of(name), name, parallelism, maxParallelism, true);
    }
}
