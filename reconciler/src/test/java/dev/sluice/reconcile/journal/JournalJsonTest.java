// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.ID;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.from;
import static dev.sluice.reconcile.journal.Samples.job;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.spec;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.JournalJson.Encoded;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Program;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JournalJsonTest {
    private static final EffectiveJob JOB = job("SELECT 1");
    private static final Phase STABLE = new Phase.Stable(ID, NOW);
    private static final List<Phase> PHASES = List.of(
            new Phase.Absent(),
            new Phase.Absent(Optional.of(NOW)),
            new Phase.Staging(JOB, STABLE, NOW),
            stopping(),
            new Phase.Cancelling(from(1), NOW),
            new Phase.Recovering(Reason.Recovering, true, Optional.empty(), NOW),
            new Phase.Recovering(
                    Reason.Recovering,
                    true,
                    Optional.of(new Phase.Search(Optional.of(pointer(1, 6)))),
                    NOW),
            new Phase.Proving(from(2), NOW),
            new Phase.Stopped(from(3), NOW),
            new Phase.Starting(ID, new RestoreFrom.Empty("first start"), NOW),
            new Phase.Verifying(ID, from(4), Optional.of(NOW), NOW),
            STABLE,
            new Phase.Suspended(from(5), NOW),
            new Phase.Finished(ID, NOW),
            new Phase.Blocked(
                    Reason.StateUnknown,
                    "text",
                    "advice",
                    new Phase.Staging(JOB, STABLE, NOW),
                    Optional.of(JOB.digest()),
                    NOW));
    private static final List<Step> STEPS = List.of(
            new Step.Stage(JOB, Optional.of(pointer(1, 6)), 1, true),
            Samples.stop(),
            new Step.Cancel(JOB, 1, ID),
            new Step.ProveAbsent(JOB, 2, List.of(ID)),
            new Step.DiscoverState(JOB, 2, Optional.of(ID)),
            Samples.start(2),
            new Step.Rescale(JOB, JOB, 1, ID),
            new Step.ApplyLive(JOB, JOB, 1, ID),
            new Step.EndCluster(JOB, 1, ID));
    private static final List<Outcome> OUTCOMES = List.of(
            new Outcome.Done(Evidence.of(pointer(1, 7)).with("state", "FINISHED")),
            new Outcome.Waiting(NOW, "the savepoint"),
            new Outcome.Failed(true, "no room", Evidence.NONE),
            new Outcome.Unknown("connection reset"));
    private static final List<Program> PROGRAMS = List.of(
            new Program.Sql("job.sql", "SELECT '${secret:PASSWORD}'"),
            new Program.Jar(
                    new Artifact("a:c:1", Optional.empty()), Optional.of("Main"), List.of("-x")),
            new Program.Python("job.py", Digest.of("print()"), List.of()));

    private final JournalJson json = new JournalJson();

    @Test
    void everyPhaseComesBackEqual() {
        for (Phase phase : PHASES) {
            JobRecord record = Samples.record(phase);

            assertEquals(record, roundTrip(record, JobRecord.class));
        }
    }

    @Test
    void everyStepComesBackEqual() {
        for (Step step : STEPS) {
            assertEquals(step, roundTrip(step, Step.class));
        }
    }

    @Test
    void everyOutcomeComesBackEqual() {
        for (Outcome outcome : OUTCOMES) {
            assertEquals(outcome, roundTrip(outcome, Outcome.class));
        }
    }

    @Test
    void everyProgramComesBackEqual() {
        for (Program program : PROGRAMS) {
            EffectiveJob job =
                    new EffectiveJob(spec(program), JOB.commit(), JOB.digest(), "other/job.yaml");

            assertEquals(job, roundTrip(job, EffectiveJob.class));
        }
    }

    @Test
    void aFreshRecordComesBackEqual() {
        JobRecord record = JobRecord.fresh(KEY);

        assertEquals(record, roundTrip(record, JobRecord.class));
        assertEquals(Notes.NONE, roundTrip(Notes.NONE, Notes.class));
    }

    @Test
    void everyKindHasASampleAndAWordOfItsOwn() {
        assertComplete(Phase.class, PHASES);
        assertComplete(Step.class, STEPS);
        assertComplete(Outcome.class, OUTCOMES);
        assertComplete(RestoreFrom.class, List.of(from(1), new RestoreFrom.Empty("why")));
    }

    @Test
    void aSpecificationStandsInTheTextByReferenceOnly() {
        Encoded encoded = json.encode(Samples.record(STABLE));

        assertFalse(encoded.text().contains("INSERT INTO"), encoded.text());
        assertEquals(2, encoded.specs().size());
        encoded.specs()
                .forEach((digest, text) -> assertEquals(digest, Digest.of(text).hex()));
    }

    @Test
    void aSpecificationThatWouldNotComeBackIsRefusedBeforeItIsStored() {
        Program sameArtifactTwice = new Program.Jar(
                new Artifact("a:b:1", Optional.empty()), Optional.empty(), List.of());
        EffectiveJob job =
                new EffectiveJob(spec(sameArtifactTwice), JOB.commit(), JOB.digest(), "job.yaml");

        assertThrows(JournalException.class, () -> json.encode(job));
    }

    @Test
    void theSameValueIsAlwaysTheSameText() {
        assertEquals(
                json.encode(Samples.record(stopping())),
                new JournalJson().encode(Samples.record(stopping())));
    }

    /** What a cluster was last seen to do is in the journal when a newer version opens it. */
    @Test
    void aLookThatAnEarlierVersionKeptIsRead() {
        JobDetail detail = new JournalJson().decode("""
                {"latestCompleted":null,"restoredPath":null,"completedCheckpoints":4,
                 "failedCheckpoints":0,"restarts":1,"allVerticesRunning":true,"rootCause":null}
                """, JobDetail.class);

        assertEquals(0, detail.waitingTasks());
        assertEquals(List.of(), detail.waitsFor());
        assertEquals(4, detail.completedCheckpoints());
    }

    @Test
    void aLookFromBeforeFreeSlotsWereKeptKnowsOfNone() {
        ClusterObservation seen = new JournalJson().decode("""
                {"cluster":"main","at":"2026-01-01T00:00:00Z","jobs":[],"unreachable":null}
                """, ClusterObservation.class);

        assertEquals(Map.of(), seen.freeSlots());
    }

    @Test
    void aFieldNobodyKnowsIsRefusedInsteadOfForgotten() {
        String text = "{\"outcome\":\"Unknown\",\"cause\":\"x\",\"pointer\":\"file:/a\"}";

        assertThrows(JacksonException.class, () -> json.decode(text, Outcome.class));
    }

    private <T> T roundTrip(T value, Class<T> type) {
        Encoded encoded = json.encode(value);
        return new JournalJson()
                .decode(encoded.text(), type, digest -> encoded.specs().get(digest.hex()));
    }

    private void assertComplete(Class<?> family, List<?> samples) {
        TreeSet<String> kinds = Arrays.stream(family.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> sampled = samples.stream()
                .map(sample -> sample.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(kinds, sampled);
        for (Object sample : samples) {
            String word = "\":\"" + sample.getClass().getSimpleName() + "\"";
            String text = json.encode(sample).text();
            assertTrue(text.contains(word), text);
        }
    }
}
