// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Environment;
import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Memory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastGoodTest {
    private static final JobKey KEY = new JobKey("repository", "test", "shop", "orders");
    private static final JobId ID = JobId.of(KEY, 1);
    private static final CommitId COMMIT = new CommitId("0".repeat(40));
    private static final Environment ENVIRONMENT = new Environment(
            "test", new TreeMap<>(), List.of(), new TreeMap<>(), List.of(), new TreeMap<>());

    private final EffectiveJob old = job("SELECT 1");
    private final EffectiveJob newer = job("SELECT 2");

    @Test
    void theNewestValidSpecIsFound() {
        assertEquals(Map.of(KEY, newer), among(invalid(), with(newer), with(old)));
    }

    @Test
    void aJobThatWasDeletedInBetweenDoesNotComeBackToLife() {
        assertEquals(Map.of(), among(invalid(), without(), with(old)));
    }

    @Test
    void aCommitWithAnUnreadableJobFileDeletesNothing() {
        CommitReading unsure =
                reading(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(Set.of("jobs/a/job.yaml")));

        assertEquals(Map.of(KEY, old), among(unsure, with(old)));
    }

    @Test
    void aJobThatIsUpGoesOnByTheSpecInForceWhereNoCommitTellsABetterOne() {
        LastGood.Found found = LastGood.among(Set.of(KEY), Stream.of(invalid(), invalid()));

        assertEquals(
                Map.of(KEY, old),
                found.orDeployed(key -> Optional.of(record(new Phase.Stable(ID, Samples.NOW)))));
    }

    @Test
    void aSuspendedJobIsNotStartedByTheSpecItRanWith() {
        LastGood.Found found = LastGood.among(Set.of(KEY), Stream.of(invalid()));
        Phase suspended = new Phase.Suspended(Samples.from(1), Samples.NOW);

        assertEquals(Map.of(), found.orDeployed(key -> Optional.of(record(suspended))));
    }

    @Test
    void aJobThatACommitSurelyDidNotHaveIsNotLookedUpInTheJournal() {
        LastGood.Found found = LastGood.among(Set.of(KEY), Stream.of(invalid(), without()));

        assertEquals(
                Map.of(),
                found.orDeployed(key -> Optional.of(record(new Phase.Stable(ID, Samples.NOW)))));
    }

    private JobRecord record(Phase phase) {
        return new JobRecord(
                KEY,
                1,
                phase,
                Optional.of(old),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                Notes.NONE);
    }

    private static SortedMap<JobKey, EffectiveJob> among(CommitReading... newestFirst) {
        return LastGood.among(Set.of(KEY), Stream.of(newestFirst)).specs();
    }

    private static CommitReading with(EffectiveJob job) {
        return reading(new TreeMap<>(Map.of(KEY, job)), new TreeMap<>(), new TreeSet<>());
    }

    private static CommitReading without() {
        return reading(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    private static CommitReading invalid() {
        return reading(new TreeMap<>(), new TreeMap<>(Map.of(KEY, "job.yaml")), new TreeSet<>());
    }

    private static CommitReading reading(
            SortedMap<JobKey, EffectiveJob> jobs,
            SortedMap<JobKey, String> invalid,
            SortedSet<String> unreadable) {
        return new CommitReading(
                COMMIT,
                Optional.of("repository"),
                Optional.of(ENVIRONMENT),
                jobs,
                invalid,
                unreadable,
                List.of(),
                Memory.NONE);
    }

    private static EffectiveJob job(String sql) {
        JobSpec spec = new JobSpec(
                KEY,
                new Ownership("team", "a test", Ownership.Criticality.NORMAL),
                JobSpec.State.RUNNING,
                new FlinkTarget("1.20", "main", FlinkTarget.Mode.SESSION),
                new Program.Sql("job.sql", sql),
                List.of(),
                new Resources(
                        1, Resources.Process.UNSET, Resources.Process.UNSET, Optional.empty()),
                new TreeMap<>(),
                UpgradePolicy.DEFAULT,
                FailurePolicy.DEFAULT,
                Optional.empty(),
                List.of(),
                HealthRules.NONE,
                new TreeMap<>(),
                RuntimeOptions.NONE,
                Lineage.PLAIN);
        return new EffectiveJob(spec, COMMIT, Digest.of(sql), "jobs/orders/job.yaml");
    }
}
