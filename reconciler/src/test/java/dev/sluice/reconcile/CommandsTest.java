// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.reconcile.loop.JobFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands as a shell calls them: exit code, data on standard output, the rest on the other. */
class CommandsTest {
    private static final String GOOD = "INSERT INTO a SELECT 1 FROM b;";

    @TempDir
    Path folder;

    private final TreeMap<String, String> files = new TreeMap<>();
    private Path repo;
    private Path config;

    /** What a command left. */
    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void prepare() throws Exception {
        repo = folder.resolve("repo");
        config = folder.resolve("controller.yaml");
        JobFiles.root(files);
        JobFiles.job(files, "orders", GOOD);
        write();
        Files.writeString(config, "repository: jobs.git\nenvironment: test\n");
    }

    @Test
    void versionIsDone() {
        assertEquals(new Ran(0, "sluice development\n", ""), run("version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "validat",
                "validate",
                "status --nothing",
                "describe",
                "plan -o",
                "render -o xml -e test",
                "validate -o xml -e test"
            })
    void wrongUsageEndsWith64AndSaysSoOnStandardErrorOnly(String arguments) {
        Ran ran = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertEquals(64, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("Usage: sluice"), ran::err);
    }

    @Test
    void aValidRepositoryIsDoneWithNothingOnStandardOutput() {
        Ran ran = run("validate", "--no-sql", "-C", repo.toString(), "-e", "test");

        assertEquals(
                new Ran(
                        0,
                        "",
                        "sluice: 1 jobs valid, 0 held back, 0 errors, 0 warnings, SQL not read\n"),
                ran);
    }

    @Test
    void validatePrintsEveryErrorWithItsPlaceAndEndsWith1() throws Exception {
        JobFiles.job(files, "clicks", "INSERT INTO a SELECT ${rate} FROM b;");
        files.put(JobFiles.sql("orders"), "DROP everything;\n");
        write();

        Ran ran = run("validate", "--no-sql", "-C", repo.toString(), "-e", "test");

        assertEquals(1, ran.code());
        assertTrue(ran.out().contains("jobs/shop/clicks/job.sql:1:22: error [shop/clicks]"));
        assertTrue(ran.out().contains("jobs/shop/orders/job.sql:1:1: error [shop/orders]"));
        assertTrue(ran.out().lines().allMatch(line -> line.matches("[^:]+:\\d+:\\d+: .*")));
        assertTrue(ran.err().contains("2 held back"), ran::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "render"})
    void aFolderThatIsNotThereIsWrongInput(String verb) {
        Ran ran = run(verb, "-C", folder.resolve("none").toString(), "-e", "test");

        assertEquals(1, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().startsWith("sluice: no folder "), ran::err);
    }

    @Test
    void renderPrintsTheEffectiveSpecOfTheJobsAskedFor() {
        Ran all = run("render", "-C", repo.toString(), "-e", "test");
        Ran one = run("render", "-C", repo.toString(), "-e", "test", "shop/orders");
        Ran none = run("render", "-C", repo.toString(), "-e", "test", "shop/none");

        assertEquals(0, all.code());
        assertEquals(all, one);
        assertTrue(all.out().contains("INSERT INTO a"), all::out);
        assertEquals(1, none.code());
        assertEquals("", none.out());
    }

    @Test
    void renderExplainsDefaultsTooAndSpeaksTheFormatsOfCiSystems() throws Exception {
        Ran explained = run("render", "-C", repo.toString(), "-e", "test", "--explain");
        Ran json = run("render", "-C", repo.toString(), "-e", "test", "-o", "json", "--explain");
        Ran yaml = run("render", "-C", repo.toString(), "-e", "test", "-o", "yaml");
        JobFiles.job(files, "clicks", "INSERT INTO a SELECT ${rate} FROM b;");
        write();
        Ran sarif = run("render", "-C", repo.toString(), "-e", "test", "-o", "sarif");
        Ran lame = run("render", "-C", repo.toString(), "-e", "test", "-o", "yaml");

        assertTrue(
                explained.out().contains("savepointFormat = \"native\"\n    built-in default\n"),
                explained::out);
        assertTrue(explained.out().contains(".yaml:"), explained::out);
        assertTrue(json.out().contains("\"layer\":\"built-in default\""), json::out);
        assertTrue(yaml.out().startsWith("---\n"), yaml::out);
        assertEquals(0, explained.code() + json.code() + yaml.code());
        assertTrue(sarif.out().contains("\"ruleId\":\"undefined-variable\""), sarif::out);
        assertEquals(1, sarif.code());
        assertEquals(List.of(yaml.out(), 1), List.of(lame.out(), lame.code()));
        assertTrue(lame.err().contains("jobs/shop/clicks/job.sql:1:22: error"), lame::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "describe shop/orders", "history shop/orders"})
    void beforeAControllerEverRanTheWorldHasFailed(String arguments) {
        Ran ran = remembering(arguments);

        assertEquals(3, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("a controller makes it"), ran::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "describe shop/orders", "history shop/orders"})
    void aWrongConfigurationIsWrongInputWithItsPlace(String arguments) throws Exception {
        Files.writeString(config, "repository: jobs.git\nenvironment: test\npoll: soon\n");

        Ran ran = remembering(arguments);

        assertEquals(1, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("controller.yaml:3:7: error"), ran::err);
    }

    @Test
    void whatAControllerDidIsReadFromItsJournal() throws Exception {
        PastController.leave(folder, files);

        Ran status = remembering("status");
        Ran describe = remembering("describe shop/orders");
        Ran history = remembering("history shop/orders");
        Ran json = remembering("status -o json");
        Ran unknown = remembering("describe shop/none");

        assertEquals(List.of("", "", ""), List.of(status.err(), describe.err(), history.err()));
        assertEquals(0, status.code() + describe.code() + history.code() + json.code());
        assertTrue(status.out().contains("shop/orders  Synced"), status::out);
        assertTrue(describe.out().contains("Job:       shop/orders"), describe::out);
        assertTrue(history.out().contains("start"), history::out);
        assertTrue(history.out().contains("Ann <ann@example.com>"), history::out);
        assertTrue(describe.out().contains("by Ann <ann@example.com>: Begin"), describe::out);
        assertTrue(json.out().startsWith("{"), json::out);
        assertEquals(1, unknown.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"history shop/orders", "describe shop/orders", "events"})
    void everyStepIsToldWithCommitAuthorPlanReasonOutcomeAndEvidence(String command)
            throws Exception {
        PastController.leave(folder, files);

        Ran text = remembering(command);
        Ran json = remembering(command + " -o json");

        String start = text.out()
                .lines()
                .filter(line -> line.matches(".*\\bstart\\b.*done.*"))
                .findFirst()
                .orElseGet(() -> fail(text.out()));
        assertTrue(
                start.matches(".*Z  (shop/orders  Starting +)?[0-9a-f]{8}  Ann <ann@example.com>"
                        + "  [0-9a-f]{12}  .*"),
                start);
        assertTrue(start.contains("  Starting  "), start);
        assertTrue(start.contains(" job="), start);
        assertTrue(
                json.out()
                        .matches("(?s).*\"attempt\":1,\"step\":\"start\",\"outcome\":\"done\","
                                + "\"reason\":\"Starting\",\"commit\":\"[0-9a-f]{40}\","
                                + "\"author\":\"Ann <ann@example.com>\","
                                + "\"plan\":\"[0-9a-f]{12}\",\"facts\":\\{.+\\}.*"),
                json::out);
    }

    @Test
    void noMoreIsToldThanAskedFor() throws Exception {
        PastController.leave(folder, files);

        assertEquals(2, remembering("history shop/orders -n 1").out().lines().count());
        assertEquals(2, remembering("events --limit 1").out().lines().count());
        assertEquals(64, remembering("history shop/orders --limit 0").code());
    }

    @Test
    void planEndsWith2OnlyWhenAskedAndThereAreChanges() throws Exception {
        PastController.leave(folder, files);
        String plan = "plan -C " + repo + " -e test";

        assertEquals(0, remembering(plan + " --detailed-exitcode").code());
        JobFiles.job(files, "clicks", GOOD);
        write();
        Ran changed = remembering(plan);

        assertEquals(0, changed.code());
        assertTrue(changed.out().contains("shop/clicks"), changed::out);
        assertEquals(2, remembering(plan + " --detailed-exitcode").code());
        files.put(JobFiles.sql("clicks"), "DROP everything;\n");
        write();
        assertEquals(1, remembering(plan + " --detailed-exitcode").code());
    }

    private void write() throws Exception {
        for (var file : files.entrySet()) {
            Path path = repo.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private Ran remembering(String arguments) {
        return run((arguments + " --config " + config).split(" "));
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int code = command.execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
