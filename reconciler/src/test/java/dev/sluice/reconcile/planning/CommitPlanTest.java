// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static dev.sluice.reconcile.git.ServerRepository.GONE;
import static dev.sluice.reconcile.planning.JobsRepository.ALLOWANCES;
import static dev.sluice.reconcile.planning.JobsRepository.VARIABLES;
import static dev.sluice.reconcile.planning.JobsRepository.job;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.document.PlanMarkdown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans between two commits, which need neither cluster nor controller. */
class CommitPlanTest {
    private static final Path GOLDEN = Path.of("src/test/resources/plan");
    private static final String CLICKS = "jobs/payments/clicks/job.yaml";
    private static final String OLD = "jobs/payments/old/";

    @TempDir
    private Path directory;

    private JobsRepository jobs;

    @BeforeEach
    void begin() {
        jobs = new JobsRepository(directory.resolve("jobs.git"));
    }

    @Test
    void everyFormatIsAsInItsFile() throws IOException {
        mixedCommit();

        assertGolden("plan.txt", plan("-o", "text").out());
        assertGolden("plan.json", plan("-o", "json").out());
        assertGolden("plan.md", plan("-o", "markdown").out());
    }

    @Test
    void theJsonKeepsToThePublishedSchema() throws IOException {
        mixedCommit();

        JSONObject plan = new JSONObject(plan("-o", "json").out());

        try (InputStream schema =
                PlanMarkdown.class.getResourceAsStream("/dev/sluice/plan/plan.schema.json")) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            SchemaLoader.load(new JSONObject(text)).validate(plan);
        }
        assertEquals(5, plan.getJSONArray("jobs").length());
    }

    @Test
    void aChangedSharedVariableListsEveryJobItTouches() {
        jobs.commit(Map.of(VARIABLES, JobsRepository.variables("two:9092")));

        String plan = plan().out();

        assertTrue(
                plan.contains("variable kafka.brokers is used by payments/clicks, payments/orders"),
                plan);
        assertTrue(plan.contains("-/+ payments/clicks: restart (UPGRADE)"), plan);
        assertTrue(plan.contains("sql:  (jobs/payments/orders/job.sql:3:1)"), plan);
        assertFalse(plan.contains("payments/calm"), plan);
    }

    @Test
    void markdownIsCutToTheLimit() {
        mixedCommit();

        String plan = plan("-o", "markdown", "--limit", "1000").out();

        assertTrue(plan.length() <= 1000, plan);
        assertTrue(plan.startsWith(PlanMarkdown.marker("test")), plan);
        assertTrue(plan.contains("left out"), plan);
    }

    @Test
    void onlyTheDetailedExitCodeTellsChanges() {
        assertEquals(0, planFrom("main", "--detailed-exitcode").code());

        jobs.commit(job("clicks", "1.20", 4, "'x'"));

        assertEquals(2, plan("--detailed-exitcode").code());
        assertEquals(0, plan().code());
    }

    @Test
    void aCommitWithMistakesIsWrongInputAndItsPlanIsStillShown() {
        jobs.commit(Map.of(CLICKS, "name: [\n"));

        Sluice run = plan("--detailed-exitcode");

        assertEquals(1, run.code());
        assertTrue(run.err().contains(CLICKS + ":"), run.err());
        assertTrue(run.out().startsWith("Plan "), run.out());
    }

    @Test
    void aHeldJobNamesTheMistakeAndKeepsItsLastGoodSpec() {
        String text = job("clicks", "1.20", 2, "'x'").get(CLICKS);
        jobs.commit(Map.of(CLICKS, text.replace("parallelism: 2", "parallelism: many")));

        Sluice run = plan();

        assertEquals(1, run.code());
        assertTrue(run.out().contains("!   payments/clicks: hold (NOOP)"), run.out());
        assertTrue(run.out().contains("waits: SpecInvalid: " + CLICKS + ":11:"), run.out());
        assertTrue(run.out().contains("1 hold, 3 unchanged; 1 waiting"), run.out());
    }

    @Test
    void aNewJobThatIsInvalidIsHeldToo() {
        Map<String, String> files = job("fresh", "1.20", 1, "'x'");
        files.replaceAll((path, text) -> text.replace("parallelism: 1", "parallelism: -1"));
        jobs.commit(files);

        assertTrue(plan().out().contains("!   payments/fresh: hold (NOOP)"));
    }

    @Test
    void withoutHeadTheFilesOfTheFolderArePlanned() throws IOException {
        Path folder = jobs.checkout(directory.resolve("checkout"));
        Files.writeString(folder.resolve(CLICKS), job("clicks", "1.20", 7, "").get(CLICKS));

        Sluice run = Sluice.run("plan", "-C", folder, "-e", "test", "--base", "HEAD");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("resources.parallelism: 2 -> 7"), run.out());
        assertTrue(run.out().contains("(" + CLICKS + ":11:16)"), run.out());
    }

    @Test
    void aRenamedJobTakesOverTheStateOfTheOneItWas() {
        Map<String, String> files = job("young", "1.20", 1, "'nothing'");
        files.replaceAll((path, text) ->
                text.replace("team: payments\n", "team: payments\nformerly: payments/old\n"));
        files.put(OLD + "job.yaml", GONE);
        files.put(OLD + "job.sql", GONE);
        jobs.commit(files);

        String plan = plan().out();

        assertTrue(plan.contains("-   payments/old: stop (DELETE)"), plan);
        assertTrue(plan.contains("+   payments/young: start (START)"), plan);
        assertTrue(plan.contains("takes over the state of payments/old"), plan);
        assertFalse(plan.contains("waits:"), plan);
    }

    @Test
    void anAllowanceLetsThroughTheWishItNamesUntilItExpires() {
        jobs.commit(job("calm", "2.1", 1, "'nothing'"));
        String held = plan().out();

        var wish = Pattern.compile("an allowance names plan ([0-9a-f]+)").matcher(held);
        assertTrue(wish.find(), held);
        assertTrue(held.contains("waits: NeedsAllowance"), held);

        jobs.commit(Map.of(ALLOWANCES, allowance(wish.group(1), "2999-01-01T00:00:00Z")));
        assertTrue(plan().out().contains("-/+ payments/calm: restart (VERSION)"));

        jobs.commit(Map.of(ALLOWANCES, allowance(wish.group(1), "2001-01-01T00:00:00Z")));
        assertTrue(plan().out().contains("waits: NeedsAllowance"));
    }

    @Test
    void aClassThatThePolicyNamesWaitsForAnApprovalAndTheOthersGoInWaves() {
        Map<String, String> files = new TreeMap<>(job("calm", "1.20", 3, "'else'"));
        files.putAll(job("old", "1.20", 2, "'nothing'"));
        files.putAll(job("clicks", "1.20", 4, "'${kafka.brokers}'"));
        files.put("environments/test/policy.yaml", """
                apiVersion: sluice/v1
                kind: Policy
                maxConcurrentRestarts: 1
                canary: 0
                needApproval: [rescale]
                """);
        jobs.commit(files);
        String held = plan().out();
        var wish = Pattern.compile("an allowance names plan ([0-9a-f]+), job payments/clicks")
                .matcher(held);
        assertTrue(wish.find(), held);
        assertTrue(held.contains("wave 1: payments/calm\nwave 2: payments/old\n"), held);
        assertTrue(held.contains("asks a person to approve changes of class RESCALE"), held);

        String row = allowance(wish.group(1), "2999-01-01T00:00:00Z");
        jobs.commit(Map.of(ALLOWANCES, row.replace("notPortable", "approval")));

        assertTrue(plan().out().contains("wave 2: payments/clicks\nwave 3: payments/old\n"));
    }

    @Test
    void whatIsNoCommitIsWrongInput() {
        Sluice unknown = planFrom("nowhere");
        Sluice plain = Sluice.run("plan", "-C", directory, "-e", "test", "--base", "main");

        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("found nowhere"), unknown.err());
        assertEquals(1, plain.code());
        assertTrue(plain.err().contains("no git repository"), plain.err());
    }

    @Test
    void anUnknownEnvironmentIsWrongInput() {
        Sluice run = Sluice.run(
                "plan", "-C", jobs.bare(), "-e", "nowhere", "--base", "main", "--head", "main");

        assertEquals(1, run.code());
        assertEquals("", run.out());
    }

    @Test
    void whatMakesNoSenseIsWrongUsage() {
        assertEquals(64, plan("--config", "controller.yaml").code());
        assertEquals(64, plan("-o", "sarif").code());
        assertEquals(64, plan("--limit", "10").code());
        assertEquals(64, Sluice.run("plan", "--base", "main").code());
    }

    @Test
    void aFileOfThePullRequestIsNeverReadAsConfigurationOfGit() throws IOException {
        Path folder = jobs.checkout(directory.resolve("checkout"));
        Files.writeString(folder.resolve("jgit.config"), "[broken\n");

        assertEquals(
                0,
                Sluice.run("plan", "-C", folder, "-e", "test", "--base", "HEAD").code());
    }

    /** One job of each kind: changed by a variable, rescaled, new, gone, held. */
    private void mixedCommit() {
        Map<String, String> files = new TreeMap<>(job("fresh", "1.20", 1, "'x'"));
        files.put(OLD + "job.yaml", GONE);
        files.put(OLD + "job.sql", GONE);
        files.put(CLICKS, job("clicks", "1.20", 4, "").get(CLICKS));
        files.put(VARIABLES, JobsRepository.variables("two:9092"));
        files.put(
                "jobs/payments/calm/job.yaml",
                job("calm", "2.1", 1, "").get("jobs/payments/calm/job.yaml"));
        jobs.commit(files);
    }

    /** Everything since the first commit. */
    private Sluice plan(String... more) {
        return planFrom("begin", more);
    }

    private Sluice planFrom(String base, String... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("plan", "-C", jobs.bare(), "-e", "test", "--base", base, "--head", "main"));
        arguments.addAll(List.of(more));
        return Sluice.run(arguments.toArray());
    }

    private static String allowance(String plan, String expires) {
        return """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {plan: "%s", kind: notPortable, reason: tried on a copy, expires: "%s"}
                """.formatted(plan, expires);
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
