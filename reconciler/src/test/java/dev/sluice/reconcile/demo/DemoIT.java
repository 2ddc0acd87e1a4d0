// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.CacheDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: the distribution's own launcher, real Flink, real exit code. */
class DemoIT {
    private static final String SLUICE =
            Path.of(System.getProperty("sluice.home"), "bin", "sluice").toString();

    private static final Path CACHE =
            CacheDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));

    @TempDir
    Path folder;

    private Path home() throws IOException {
        return Files.createDirectories(folder.resolve("home"));
    }

    @Test
    void everyClaimOfTheDemoHoldsAndGitHistoryAndJournalTellTheSameStory() throws Exception {
        Path demo = folder.resolve("demo");

        Result played = sluice("demo", "--exit", "--port", "0", "--folder", demo.toString());

        assertEquals(0, played.exit(), played.text());
        assertTrue(played.text().contains("18 claims held, 0 failed"), played.text());
        assertEquals(List.of(), processesOf(demo), "Flink ended with the demo");
        assertFalse(Files.exists(home().resolve(".config/jgit")), "nothing in the home folder");
        assertHistoryNamesEveryCommit(demo);
    }

    /** Each commit of the branch changed something of orders or clicks, and history says so. */
    private void assertHistoryNamesEveryCommit(Path demo) throws Exception {
        Path config = folder.resolve("controller.yaml");
        Files.writeString(config, """
                repository: demo/jobs.git
                environment: test
                dataDirectory: demo/controller
                """);
        String history =
                sluice("history", "--config", config.toString(), "shop/orders").text()
                        + sluice("history", "--config", config.toString(), "shop/clicks")
                                .text();

        List<RevCommit> commits = commits(demo.resolve("jobs.git"));
        assertEquals(5, commits.size());
        for (RevCommit commit : commits) {
            assertTrue(
                    history.contains(commit.name().substring(0, 8)),
                    () -> commit.name() + " " + commit.getShortMessage() + " is not in\n"
                            + history);
        }
        String status = sluice("status", "--config", config.toString()).text();
        assertTrue(status.contains(commits.get(0).name().substring(0, 8)), status);
        assertFalse(status.contains("Degraded"), status);
    }

    private static List<RevCommit> commits(Path repository) throws Exception {
        List<RevCommit> commits = new ArrayList<>();
        try (Git git = Git.open(repository.toFile())) {
            git.log()
                    .add(git.getRepository().resolve("refs/heads/test"))
                    .call()
                    .forEach(commits::add);
        }
        return commits;
    }

    private static List<String> processesOf(Path demo) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(demo.toString()) && line.contains("flink"))
                .toList();
    }

    private record Result(int exit, String text) {}

    private Result sluice(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SLUICE));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", home().toString());
        builder.environment().put("SLUICE_CACHE", CACHE.toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(8, TimeUnit.MINUTES)) {
            process.destroy();
            throw new AssertionError("not over in time:\n" + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }
}
