// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static dev.sluice.web.view.SampleJobs.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "89, 89 s",
        "90, 1 min",
        "5399, 89 min",
        "5400, 1 h",
        "172799, 47 h",
        "172800, 2 d"
    })
    void anAgeHasOneUnitThatStillTellsSomething(long seconds, String text) {
        assertEquals(text, Ages.brief(NOW.minusSeconds(seconds), NOW));
    }

    @Test
    void theTitleIsAbsoluteAndInUtc() {
        assertEquals("2026-11-21 04:11:45 UTC", Ages.absolute(NOW));
        assertEquals("2026-11-21T04:11:45Z", Ages.machine(NOW.plusNanos(7)));
    }
}
