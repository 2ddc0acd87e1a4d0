// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Desired;
import dev.sluice.plan.JobPlan;
import dev.sluice.plan.PaperPlan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Specs;
import dev.sluice.plan.Surroundings;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanDocumentTest {
    private static final Path GOLDEN = Path.of("src/test/resources/documents");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PaperPlan PAPER = new PaperPlan(new Projection(new Planner()), NOW);

    @Test
    void textIsAsInItsFile() throws IOException {
        assertGolden("plan.txt", PlanText.of(plan(jobs())));
    }

    @Test
    void markdownIsAsInItsFile() throws IOException {
        assertGolden("plan.md", PlanMarkdown.of(plan(jobs()), PlanMarkdown.GITHUB_LIMIT));
    }

    @Test
    void jsonIsAsInItsFile() throws IOException {
        assertGolden("plan.json", PlanJson.of(plan(jobs())));
    }

    @Test
    void theOrderOfTheJobsDoesNotMatter() {
        List<JobPlan> reversed = new ArrayList<>(jobs());
        Collections.reverse(reversed);

        assertEquals(PlanJson.of(plan(jobs())), PlanJson.of(plan(reversed)));
        assertEquals(PlanText.of(plan(jobs())), PlanText.of(plan(reversed)));
    }

    @Test
    void anotherPlanHasAnotherId() {
        List<JobPlan> fewer = jobs().subList(1, jobs().size());

        assertNotEquals(plan(jobs()).id(), plan(fewer).id());
    }

    @Test
    void aLongMarkdownIsCutAndSaysSo() {
        List<JobPlan> many = IntStream.range(0, 500)
                .mapToObj(number -> replaced("job-" + number, "SELECT 1", "SELECT " + number + 2))
                .toList();

        String whole = PlanMarkdown.of(plan(many), Integer.MAX_VALUE);
        String noDetails = PlanMarkdown.of(plan(many), 60_000);
        String fewRows = PlanMarkdown.of(plan(many), 5_000);

        assertFalse(whole.contains("left out"));
        assertTrue(noDetails.length() <= 60_000 && noDetails.contains("details of "));
        assertTrue(noDetails.contains("payments/job-99 "), "every row is there");
        assertTrue(fewRows.length() <= 5_000 && fewRows.contains("rows of "));
        assertTrue(fewRows.startsWith(PlanMarkdown.marker("test")));
        assertTrue(fewRows.contains("500 restart"), "the totals are never cut");
    }

    @Test
    void noValueBreaksOutOfTheMarkdown() {
        JobPlan hostile = replaced("job", "SELECT 1", "````\n</details><script>|@team")
                .remarking("see <b>|@team` ");

        String markdown = PlanMarkdown.of(plan(List.of(hostile)), PlanMarkdown.GITHUB_LIMIT);

        assertTrue(markdown.contains("\n`````diff\n"), markdown);
        assertEquals(1, markdown.split("\n`````\n", -1).length - 1, markdown);
    }

    @Test
    void jsonEscapesWhatCouldEndAScriptOrALine() {
        assertEquals(
                "\"a\\\"b\\\\c\\n\\u003c/script\\u003e\\u0001\\ud83d\\ude00\"",
                Json.text("a\"b\\c\n</script>\u0001\ud83d\ude00"));
    }

    @Test
    void aPlanWithoutChangesSaysSo() {
        Plan plan = plan(List.of(replaced("calm", "SELECT 1", "SELECT 1")));

        assertFalse(plan.hasChanges());
        assertEquals("1 unchanged", plan.totals());
    }

    private static List<JobPlan> jobs() {
        return List.of(
                replaced(
                                "orders",
                                "CREATE TABLE a (x INT);\nSELECT 1",
                                "CREATE TABLE a (x INT);\nSELECT 2")
                        .located(field -> field.equals("sql")
                                ? Optional.of(new SourceLocation("jobs/orders/job.sql", 2, 1))
                                : Optional.empty())
                        .remarking("expected downtime 12 s, from 5 earlier restarts"),
                replaced("calm", "SELECT 1", "SELECT 1"),
                paper("fresh", Optional.empty(), Optional.of(Map.of("sql", "SELECT 1"))),
                paper(
                        "nightly",
                        Optional.empty(),
                        Optional.of(Map.of("sql", "SELECT 1", "schedule", "0 0 2 * * ?"))),
                paper("gone", Optional.of(Map.of("sql", "SELECT 1")), Optional.empty()),
                paper(
                        "owned",
                        Optional.of(Map.of("owner", "a")),
                        Optional.of(Map.of("owner", "b"))),
                paper(
                        "major",
                        Optional.of(Map.of("version", "1.20")),
                        Optional.of(Map.of("version", "2.1"))));
    }

    private static JobPlan replaced(String name, String before, String after) {
        return paper(name, Optional.of(Map.of("sql", before)), Optional.of(Map.of("sql", after)));
    }

    private static JobPlan paper(
            String name, Optional<Map<String, String>> base, Optional<Map<String, String>> head) {
        Desired desired = head.<Desired>map(
                        settings -> new Desired.Specified(Specs.commit(2), job(name, 2, settings)))
                .orElseGet(() -> new Desired.Removed(Specs.commit(2)));
        return PAPER.project(
                        base.map(settings -> job(name, 1, settings)), desired, Surroundings.QUIET)
                .plan();
    }

    private static EffectiveJob job(String name, int commit, Map<String, String> settings) {
        JobKey key = new JobKey("shop", "test", "payments", name);
        return Specs.job(commit, Specs.spec(key, settings));
    }

    private static Plan plan(List<JobPlan> jobs) {
        return new Plan(
                "test",
                Optional.of(Specs.commit(1)),
                Specs.commit(2),
                jobs,
                List.of(new Plan.SharedChange(
                        "kafka.brokers", List.of("payments/orders", "payments/gone"))),
                List.of(List.of("payments/orders"), List.of("payments/fresh", "payments/gone")),
                List.of("payments/other"));
    }

    private static void assertGolden(String name, String told) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, told);
        }
        assertEquals(Files.readString(file), told);
    }
}
