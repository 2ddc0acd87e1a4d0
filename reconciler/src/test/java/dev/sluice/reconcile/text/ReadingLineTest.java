// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReadingLineTest {
    private final StringWriter written = new StringWriter();

    @Test
    void aTerminalSeesTheFirstTheLastAndAHundredStepsBetween() {
        ReadingLine line = new ReadingLine(new PrintWriter(written), true);

        for (int done = 1; done <= 1000; done++) {
            line.at("Flink 1.20 reads SQL", done, 1000);
        }

        String text = written.toString();
        assertTrue(text.startsWith("\r  Flink 1.20 reads SQL: 1 of 1000\r"), text);
        assertTrue(text.endsWith("\r  Flink 1.20 reads SQL: 1000 of 1000\n"), text);
        assertEquals(101, text.chars().filter(character -> character == '\r').count());
    }

    @Test
    void aPipelineSeesNothing() {
        new ReadingLine(new PrintWriter(written), false).at("Flink 1.20 reads SQL", 1, 1);

        assertEquals("", written.toString());
    }
}
