// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan of a pull request touches nothing but the repository: the classes it needs prove it. */
class NothingIsAskedTest {
    private static final Pattern FORBIDDEN = Pattern.compile("dev\\.sluice\\.drive\\.[^ ]*Driver "
            + "|java\\.net\\.(Datagram|Server)?Socket |java\\.net\\.http\\.HttpClient "
            + "|sun\\.nio\\.ch\\.(Nio)?Socket(Channel)?Impl "
            + "|java\\.lang\\.ProcessImpl |org\\.sqlite\\.");

    @TempDir
    private Path directory;

    @Test
    void aStaticPlanLoadsNoDriverNoSocketNoProcessAndNoJournal() throws Exception {
        JobsRepository jobs = new JobsRepository(directory.resolve("jobs.git"));
        jobs.commit(Map.of(JobsRepository.VARIABLES, JobsRepository.variables("two:9092")));
        Path saved = directory.resolve("saved.plan");

        List<String> plan = classesOf(
                "plan",
                "-C",
                jobs.bare().toString(),
                "-e",
                "test",
                "--base",
                "begin",
                "--head",
                "main",
                "--out",
                saved.toString());
        List<String> replay = classesOf("replay", saved.toString());

        assertTrue(plan.stream().anyMatch(line -> line.contains("CommitComparison ")));
        assertTrue(replay.stream().anyMatch(line -> line.contains("SavedPlan ")));
        assertEquals(List.of(), plan.stream().filter(FORBIDDEN.asPredicate()).toList());
        assertEquals(List.of(), replay.stream().filter(FORBIDDEN.asPredicate()).toList());
    }

    @Test
    void theFolderIsLeftAsItWas() {
        JobsRepository jobs = new JobsRepository(directory.resolve("jobs.git"));
        List<String> before = files();

        Sluice.run("plan", "-C", jobs.bare(), "-e", "test", "--base", "main", "--head", "main");

        assertEquals(before, files());
    }

    private List<String> files() {
        try (var files = Files.walk(directory)) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the program in a process of its own that tells every class it loads. */
    private List<String> classesOf(String... arguments) throws Exception {
        Path log = directory.resolve("classes.log");
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log + ":none",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program ends");
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("output.log")));
        return Files.readAllLines(log);
    }
}
