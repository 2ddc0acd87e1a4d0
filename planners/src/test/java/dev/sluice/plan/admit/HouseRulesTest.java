// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Specs;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.Allowance;
import dev.sluice.spec.Allowance.Kind;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobKey A = Fleet.key("a");
    private static final JobKey B = Fleet.key("b");
    private static final CommitId REMOVAL = Specs.commit(7);
    private static final Desired GONE = new Desired.Removed(REMOVAL);

    @Test
    void aRowCountsForItsCommitAndItsJobUntilItExpires() {
        HouseRules rules = rules(row(Kind.EMPTY_START, REMOVAL, Optional.of("payments/a"), 60));

        assertEquals(List.of(dev.sluice.plan.Allowance.EMPTY_START), rules.of(A, GONE, List.of()));
        assertEquals(List.of(), rules.of(B, GONE, List.of()));
        assertEquals(List.of(), rules.of(A, new Desired.Removed(Specs.commit(8)), List.of()));
        assertEquals(
                List.of(),
                rules(row(Kind.EMPTY_START, REMOVAL, Optional.empty(), 0)).of(A, GONE, List.of()));
    }

    @Test
    void aMassChangeIsAllowedForTheCommitThatMakesItOnly() {
        HouseRules rules = rules(row(Kind.MASS_CHANGE, REMOVAL, Optional.empty(), 60));

        assertEquals(
                List.of(dev.sluice.plan.Allowance.MASS_CHANGE),
                circumstances(rules, GONE).allowances());
        assertEquals(
                List.of(),
                circumstances(rules, new Desired.Removed(Specs.commit(8))).allowances());
    }

    @Test
    void anApprovalIsOfItsJobs() {
        HouseRules rules = rules(row(Kind.APPROVAL, REMOVAL, Optional.of("payments/a"), 60));

        assertEquals(List.of(A), circumstances(rules, GONE).approved());
    }

    @Test
    void aPolicyTakesThePlaceOfWhatIsBuiltIn() {
        Policy policy = new Policy(
                Optional.of(2),
                new TreeMap<>(Map.of("etl", 1)),
                Optional.of(0),
                Optional.of(Duration.ofHours(3)),
                Optional.empty(),
                Optional.of(50),
                List.of(Policy.Change.VERSION));

        AdmissionPolicy rails = circumstances(rules(policy), GONE).policy();

        assertEquals(
                new AdmissionPolicy(
                        2,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("etl", 1)),
                        0,
                        Duration.ofHours(3),
                        1,
                        50,
                        List.of(ChangeClass.VERSION)),
                rails);
        assertEquals(
                AdmissionPolicy.DEFAULT,
                circumstances(rules(Policy.BUILT_IN), GONE).policy());
    }

    @Test
    void theClassesOfAPolicyAreClassesOfThePlan() {
        Stream.of(Policy.Change.values()).forEach(change -> ChangeClass.valueOf(change.name()));
    }

    private static Circumstances circumstances(HouseRules rules, Desired wish) {
        return rules.circumstances(
                new TreeMap<>(), new TreeMap<>(Map.of(A, wish, B, wish)), List.of());
    }

    private static Allowance row(Kind kind, CommitId commit, Optional<String> job, int seconds) {
        return new Allowance(
                Optional.empty(),
                Optional.of(commit),
                job,
                kind,
                "a reason",
                NOW.plusSeconds(seconds));
    }

    private static HouseRules rules(Allowance row) {
        return new HouseRules(Optional.of(environment(Policy.BUILT_IN, List.of(row))), NOW);
    }

    private static HouseRules rules(Policy policy) {
        return new HouseRules(Optional.of(environment(policy, List.of())), NOW);
    }

    private static Environment environment(Policy policy, List<Allowance> rows) {
        return new Environment(
                "test",
                new TreeMap<>(),
                rows,
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                policy,
                List.of());
    }
}
