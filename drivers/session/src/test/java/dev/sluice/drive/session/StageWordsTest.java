// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.WorkerFailure.Kind;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the author of a program is told when its graph cannot be had. */
class StageWordsTest {
    private static final String NO_CONNECTOR =
            "Could not find any factory for identifier 'kafka' that implements 'x' in the classpath.";

    private static final SampleJob JOB = new SampleJob(
            new JobKey("repo", "test", "shop", "orders"), "1.20", "INSERT INTO a SELECT 1", 1);

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
    void whatAClusterMayHaveHoldsNoJobAndIsNoted() {
        String unknown = "the host lake is not known";

        assertEquals(
                "not compiled: the host lake is not known, and the cluster has more than Flink:"
                        + " Hadoop's configuration",
                noted(unknown, Elsewhere.hadoop()));
        assertEquals(
                "not compiled: " + NO_CONNECTOR + ", and the cluster has more than Flink:"
                        + " Hadoop's configuration, kafka.jar",
                noted(NO_CONNECTOR, Elsewhere.hadoop().and(Elsewhere.jars(List.of("kafka.jar")))));
        assertEquals("", noted(NO_CONNECTOR, Elsewhere.hadoop()));
        assertEquals("", noted(NO_CONNECTOR, Elsewhere.jars(List.of())));
        assertEquals("", noted(unknown, Elsewhere.jars(List.of("kafka.jar"))));
        assertEquals("", noted("the class a.B cannot be found", Elsewhere.NOTHING));
    }

    /** What is noted of a program that is let through; nothing where its job is held. */
    private static String noted(String told, Elsewhere elsewhere) {
        Outcome outcome = StageWords.of(
                new WorkerFailure(Kind.PROGRAM, told),
                JOB.effective().spec(),
                elsewhere,
                Evidence.NONE);
        return outcome instanceof Outcome.Done done ? done.evidence().facts().get("graph") : "";
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
