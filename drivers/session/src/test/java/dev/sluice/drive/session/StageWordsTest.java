// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.WorkerFailure.Kind;
import org.junit.jupiter.api.Test;

/** What the author of a program is told when its graph cannot be had. */
class StageWordsTest {
    private static final String NO_CONNECTOR =
            "Could not find any factory for identifier 'kafka' that implements 'x' in the classpath.";

    @Test
    void aMissingConnectorIsToldWithWhereItBelongs() {
        String told = StageWords.of(new WorkerFailure(Kind.PROGRAM, NO_CONNECTOR));

        assertTrue(told.startsWith(NO_CONNECTOR), told);
        assertTrue(told.contains("under dependencies"), told);
        assertTrue(told.contains("the cluster's own folders"), told);
    }

    @Test
    void whatAProgramSaysOtherwiseIsToldAsItIs() {
        assertEquals(
                "no topic given", StageWords.of(new WorkerFailure(Kind.PROGRAM, "no topic given")));
    }

    @Test
    void aProgramThatExitsOrDoesNotReturnIsToldWhere() {
        String exited = StageWords.of(new WorkerFailure(Kind.EXIT, "Program.main(Program.java:3)"));
        String endless =
                StageWords.of(new WorkerFailure(Kind.DEADLINE, "Program.main(Program.java:4)"));

        assertTrue(exited.contains("System.exit at Program.main(Program.java:3)"), exited);
        assertTrue(endless.contains("did not return in time; it was at Program.main"), endless);
    }
}
