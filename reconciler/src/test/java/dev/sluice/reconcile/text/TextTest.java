// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.artifacts.Progress.At;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "119, 119 s",
        "120, 2 min",
        "7199, 119 min",
        "7200, 2 h",
        "172799, 47 h",
        "172800, 2 d"
    })
    void anAgeIsToldInTheLargestUnitOfWhichThereAreTwo(long seconds, String age) {
        assertEquals(age, Ages.of(NOW.minusSeconds(seconds), NOW));
    }

    @Test
    void columnsAreAlignedAndLinesEndWithoutBlanks() {
        TextTable table = new TextTable("JOB", "PHASE").row("shop/orders", "").row("a", "Stable");

        assertEquals("JOB          PHASE\nshop/orders\na            Stable\n", table.toString());
    }

    @Test
    void aRowWithAnotherNumberOfCellsIsRefused() {
        TextTable table = new TextTable("JOB", "PHASE");

        assertThrows(IllegalArgumentException.class, () -> table.row("shop/orders"));
    }

    @Test
    void aDownloadIsOneLineOnATerminal() {
        StringWriter out = new StringWriter();
        DownloadLine line = new DownloadLine(new PrintWriter(out), true);

        line.at(new At("Flink", 1, 2, 1_500_000, 3_000_000));
        line.at(new At("Flink", 2, 2, 3_000_000, 3_000_000));

        assertEquals(
                "\r  Flink: 1 of 2 jars, 1 of 3 MB\r  Flink: 2 of 2 jars, 3 of 3 MB\n",
                out.toString());
    }

    @Test
    void aDownloadIsALineForEachQuarterElsewhere() {
        StringWriter out = new StringWriter();
        DownloadLine line = new DownloadLine(new PrintWriter(out), false);

        for (int file = 0; file <= 8; file++) {
            line.at(new At("Flink", file, 8, 0, 0));
        }

        assertEquals(5, out.toString().lines().count());
    }

    @Test
    void everyDownloadHasLinesOfItsOwn() {
        StringWriter out = new StringWriter();
        DownloadLine line = new DownloadLine(new PrintWriter(out), false);

        line.at(new At("Flink 1", 1, 1, 0, 0));
        line.at(new At("Flink 2", 1, 1, 0, 0));

        assertEquals(2, out.toString().lines().count());
    }
}
