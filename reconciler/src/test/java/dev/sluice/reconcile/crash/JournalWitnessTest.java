// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The observer's own view of what the journal means at a moment. */
class JournalWitnessTest {
    private static final JobRecord STARTING =
            Samples.record(new Phase.Starting(Samples.ID, Samples.from(3), Samples.NOW));

    @TempDir
    Path folder;

    @Test
    void aStepIsMeantFromItsIntentUntilItIsDone() {
        JournalWitness witness = new JournalWitness(folder);
        try (Journal journal = Journal.open(folder)) {
            boolean before = isMeant(witness);
            long intent = journal.intend(
                    lead(journal),
                    Samples.act(STARTING, Samples.start(1)),
                    Samples.COMMIT,
                    Samples.NOW);
            boolean intended = isMeant(witness);
            journal.complete(intent, STARTING, new Outcome.Unknown("no answer"), Samples.NOW);
            boolean unknown = isMeant(witness);
            journal.complete(intent, STARTING, new Outcome.Done(Evidence.NONE), Samples.NOW);

            assertFalse(before);
            assertTrue(intended);
            assertTrue(unknown);
            assertFalse(isMeant(witness));
        }
    }

    private static boolean isMeant(JournalWitness witness) {
        return witness.means("Start", Samples.ID.hex());
    }

    private static FencingToken lead(Journal journal) {
        Leadership leadership = journal.acquire("one", Duration.ofMinutes(1), Samples.NOW);
        return assertInstanceOf(Leadership.Leading.class, leadership).token();
    }
}
