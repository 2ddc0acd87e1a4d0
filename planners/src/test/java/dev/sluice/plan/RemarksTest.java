// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.rule.Vulnerability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RemarksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Vulnerability WEAKNESS =
            new Vulnerability("CVE-1", "it is weak", "1.15.0", List.of("1.20.4"), new TreeMap<>());
    private static final String EXACTLY_ONCE =
            "CREATE_TABLE_a_WITH_('sink.delivery-guarantee'='exactly-once')";

    @Test
    void aJobThatDoesNotRestartHasNoRemarks() {
        assertEquals(List.of(), remarks(Map.of("owner", "a"), Map.of("owner", "b")));
    }

    @Test
    void whatASessionClusterCannotTakeUpIsTold() {
        Map<String, String> debug = Map.of("conf.env.log.level", "DEBUG");

        assertHas("no effect in a session", remarks(Map.of(), debug));
        assertHasNot(
                "no effect",
                remarks(
                        Map.of("mode", "application"),
                        Map.of("mode", "application", "conf.env.log.level", "DEBUG")));
    }

    @Test
    void parallelismFromOneMayNotFindItsState() {
        assertHas(
                "chain otherwise", remarks(Map.of("parallelism", "1"), Map.of("parallelism", "2")));
        assertHasNot(
                "chain otherwise", remarks(Map.of("parallelism", "2"), Map.of("parallelism", "4")));
        assertHasNot(
                "chain otherwise",
                remarks(
                        withUids(Map.of("jar", "a:b:1", "parallelism", "1")),
                        withUids(Map.of("jar", "a:b:1", "parallelism", "2"))));
    }

    @Test
    void aMoveTakesItsSavepointAlong() {
        assertHas(
                "cluster other cannot read the savepoint, it is copied",
                remarks(Map.of("cluster", "main"), Map.of("cluster", "other")));
        assertHasNot("copied", remarks(Map.of("jar", "a:b:1"), Map.of("jar", "a:b:2")));
    }

    @Test
    void operatorsWithoutIdsAreWarnedOf() {
        assertHas("ids of their own", remarks(Map.of("jar", "a:b:1"), Map.of("jar", "a:b:2")));
        assertHasNot(
                "ids of their own",
                remarks(withUids(Map.of("jar", "a:b:1")), withUids(Map.of("jar", "a:b:2"))));
        assertHas("same operators", remarks(Map.of("sql", "v1"), Map.of("sql", "v2")));
    }

    @Test
    void droppedStateIsNamed() {
        assertHas(
                "dropped without an error",
                remarks(Map.of("sql", "v1"), Map.of("sql", "v2", "allowNonRestoredState", "true")));
    }

    @Test
    void aVersionIsToldByItsPromiseAndItsWeaknesses() {
        List<String> minor = remarks(Map.of("version", "1.19"), Map.of("version", "1.20"));
        List<String> major = remarks(Map.of("version", "1.20"), Map.of("version", "2.1"));

        assertHas("within one minor version only", minor);
        assertHas("Flink 1.20 has CVE-1: it is weak; fixed in 1.20.4", minor);
        assertHas("notPortable", major);
        assertHasNot("CVE-1", major);
        assertHasNot("CVE-1", remarks(Map.of("sql", "v1"), Map.of("sql", "v2")));
    }

    @Test
    void theExpectedDowntimeIsThatOfEarlierRestarts() {
        List<Duration> earlier =
                List.of(Duration.ofSeconds(9), Duration.ofMinutes(5), Duration.ofSeconds(12));

        assertHas(
                "expected downtime 12 s, at most 5 min in 3 earlier restarts",
                remarks(Map.of("sql", "v1"), Map.of("sql", "v2"), earlier));
        assertHasNot("downtime", remarks(Map.of("sql", "v1"), Map.of("sql", "v2")));
    }

    @Test
    void transactionsThatMayEndDuringTheRestartAreWarnedOf() {
        String timed = EXACTLY_ONCE + "'properties.transaction.timeout.ms'='60000'";

        assertHas("lost after 60 min", remarks(Map.of("sql", "v1"), Map.of("sql", EXACTLY_ONCE)));
        assertHas(
                "lost after 60 s (transaction.timeout.ms, and at most the broker's); earlier",
                remarks(
                        Map.of("sql", "v1"),
                        Map.of("sql", timed),
                        List.of(Duration.ofSeconds(61))));
    }

    private static Map<String, String> withUids(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("conf.pipeline.auto-generate-uids", "false");
        return all;
    }

    private static List<String> remarks(Map<String, String> before, Map<String, String> after) {
        return remarks(before, after, List.of());
    }

    private static List<String> remarks(
            Map<String, String> before, Map<String, String> after, List<Duration> downtimes) {
        EffectiveJob running = Specs.job(1, Specs.spec(before));
        EffectiveJob wanted = Specs.job(2, Specs.spec(after));
        JobPlan plan = new PaperPlan(new Projection(new Planner()), NOW)
                .project(
                        Optional.of(running),
                        new Desired.Specified(wanted.commit(), wanted),
                        Surroundings.QUIET)
                .plan();
        return new Remarks(List.of(WEAKNESS))
                .of(plan, new Facts(Optional.of(running), Optional.of(wanted), downtimes));
    }

    private static void assertHas(String text, List<String> remarks) {
        assertTrue(remarks.stream().anyMatch(one -> one.contains(text)), remarks.toString());
    }

    private static void assertHasNot(String text, List<String> remarks) {
        assertFalse(remarks.stream().anyMatch(one -> one.contains(text)), remarks.toString());
    }
}
