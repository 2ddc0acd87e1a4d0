// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.UserJars;
import dev.sluice.reconcile.git.ServerRepository;
import dev.sluice.reconcile.loop.JobFiles;
import dev.sluice.reconcile.service.Installation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sluice explain} and {@code sluice plan --explain} with the Flink versions of the jobs. */
class ExplainIT {
    private static final String TABLES = """
            CREATE TABLE src (id BIGINT, region STRING) WITH ('connector' = 'datagen');
            CREATE TABLE counts (n BIGINT) WITH ('connector' = 'blackhole');
            CREATE TABLE ids (id BIGINT) WITH ('connector' = '${sink}');
            """;
    private static final String TWO_INSERTS = TABLES + """
            INSERT INTO counts SELECT COUNT(*) FROM src WHERE region = '${region}' GROUP BY id;
            INSERT INTO ids SELECT id FROM src;
            """;

    @TempDir
    Path repo;

    @TempDir
    Path classes;

    private final TreeMap<String, String> files = new TreeMap<>();

    /** What a command left. */
    private record Ran(int code, String out, String err) {}

    @Test
    void allInsertsOfAScriptAreExplainedAsOneJobByTheVersionOfTheJob() throws Exception {
        prepare("blackhole");
        job("old", "1.18", TWO_INSERTS);
        job("new", "2.2", TWO_INSERTS + "-- ${secret:password} reaches nobody here\n");

        Ran ran = run("explain", "-o", "json", "shop/old", "shop/new");

        assertEquals(0, ran.code(), ran::err);
        for (JsonNode job : JsonMapper.shared().readTree(ran.out()).path("jobs")) {
            String text = job.path("explanation").asString();
            assertTrue(job.path("sql").asString().contains("region = 'north'"), ran::out);
            assertTrue(text.contains("counts") && text.contains("ids"), text);
            assertEquals(1, text.split("== Optimized Execution Plan ==").length - 1, text);
            assertTrue(job.path("operators").size() > 3, ran::out);
        }
        assertTrue(ran.err().contains("programs were run "), ran::err);
    }

    @Test
    void aMistakeThatOnlyTheWholeJobShowsHasItsPlaceInTheFile() throws Exception {
        prepare("a-connector-that-nobody-has");
        job("orders", "1.20", TWO_INSERTS);

        Ran ran = run("explain", "shop/orders");

        assertEquals(1, ran.code(), ran::err);
        assertTrue(
                ran.err().contains("jobs/shop/orders/job.sql:5:1: error [shop/orders]: "),
                ran::err);
        assertTrue(ran.err().contains("a-connector-that-nobody-has"), ran::err);
    }

    @Test
    void aJarIsExplainedByRunningItsMainWithoutStartingItsJob() throws Exception {
        prepare("blackhole");
        Path output = repo.resolve("output");
        jar("counter", "com.acme.counter.Counter", output, "long");
        jar("twice", "com.acme.counter.Counter", output, "twice");
        jar("absent", "com.acme.counter.Absent", output, "long");

        Ran ran = run("explain", "-o", "json", "shop/counter");
        Ran wrong = run("explain", "shop/twice", "shop/absent");

        assertEquals(0, ran.code(), ran::err);
        JsonNode job = JsonMapper.shared().readTree(ran.out()).path("jobs").path(0);
        List<String> uids = new ArrayList<>();
        job.path("operators").forEach(operator -> uids.add(operator.path("uid").asString("")));
        assertTrue(uids.containsAll(List.of("numbers", "slowly", "count")), ran::out);
        assertFalse(Files.exists(output));
        assertEquals(1, wrong.code(), wrong::err);
        assertTrue(wrong.err().contains("main() started 2 jobs"), wrong::err);
        assertTrue(wrong.err().contains("com.acme.counter.Absent"), wrong::err);
    }

    /** A job of the program that the matrix of versions counts with. */
    private void jar(String name, String mainClass, Path output, String kind) throws Exception {
        Path jar = repo.resolve("jars/counter.jar");
        if (!Files.exists(jar)) {
            Path lib = Installation.homes()
                    .assemble(FlinkReleases.bundled().find("1.20").orElseThrow(), Progress.SILENT)
                    .lib();
            Files.createDirectories(jar.getParent());
            Files.write(
                    jar,
                    new UserJars(ExplainIT.class, lib, Files.createDirectories(classes))
                            .jar("Counter", new TreeMap<>()));
        }
        files.put(JobFiles.yaml(name), """
                apiVersion: sluice/v1
                kind: Job
                name: %s
                team: shop
                owner: shop-oncall@example.com
                purpose: counts
                state: running
                flink: {version: "1.20", cluster: main}
                jar:
                  artifact: jars/counter.jar
                  mainClass: %s
                  args: ["%s", "label0", "%s"]
                """.formatted(name, mainClass, output.toUri(), kind));
    }

    @Test
    void aPlanExplainsTheJobsThatItChanges() throws Exception {
        prepare("blackhole");
        job("calm", "1.20", TWO_INSERTS);
        job("orders", "1.20", TWO_INSERTS);
        ServerRepository server = new ServerRepository(repo.resolve("jobs.git"));
        server.commit("main", "Begin", files);
        job("orders", "1.20", TWO_INSERTS.replace("COUNT(*)", "MAX(id)"));
        server.commit("main", "Ask for the greatest", files);

        Ran ran = execute(
                server.directory(),
                List.of(
                        "plan",
                        "--base",
                        "main~1",
                        "--head",
                        "main",
                        "--explain",
                        "-o",
                        "markdown"));

        assertEquals(0, ran.code(), ran::err);
        assertTrue(
                ran.out().contains("<details><summary>shop/orders on Flink 1.20</summary>"),
                ran::out);
        assertTrue(ran.out().contains("MAX(id)"), ran::out);
        assertFalse(ran.out().contains("shop/calm on Flink"), ran::out);
    }

    private void prepare(String sink) {
        JobFiles.root(files);
        files.put("environments/test/variables.yaml", """
                apiVersion: sluice/v1
                kind: Variables
                variables:
                  region: north
                  sink: %s
                """.formatted(sink));
    }

    private void job(String name, String version, String sql) {
        JobFiles.job(files, name, sql);
        files.computeIfPresent(JobFiles.yaml(name), (path, text) -> text.replace("1.20", version));
    }

    private Ran run(String... arguments) throws Exception {
        for (var file : files.entrySet()) {
            Path path = repo.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return execute(repo, List.of(arguments));
    }

    private static Ran execute(Path folder, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("-C", folder.toString(), "-e", "test"));
        int code = command.execute(all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }
}
