// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal, as of a terminal to all processes of a group, ends a worker and does nothing else. */
class WorkerSignalTest {
    /** Answers each line, and has a hook as Flink's client leaves it behind. */
    private static final String MAIN = """
            package dev.sluice.worker;
            import java.nio.file.*;
            public class Main {
                public static void main(String[] arguments) throws Exception {
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                        try {
                            Files.createFile(Path.of("hook-ran"));
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }));
                    try (java.util.Scanner lines = new java.util.Scanner(System.in)) {
                        while (lines.hasNextLine()) {
                            String id = lines.nextLine().replaceAll(".*\\"id\\":\\"([^\\"]*)\\".*", "$1");
                            System.out.println("{\\"id\\":\\"" + id + "\\",\\"result\\":{\\"pid\\":"
                                    + ProcessHandle.current().pid() + "}}");
                        }
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void noHookOfAFailedSubmissionRunsWhenAWorkerForYarnIsEndedByASignal() throws Exception {
        Path classes = compiled();
        FlinkHome home = new FlinkHome(FlinkReleases.bundled().find("1.20").orElseThrow(), folder);
        WorkerCommand command = new WorkerCommand(WorkerSettings.of(classes, classes), home);
        try (WorkerProcess worker = command.yarn(folder, new HadoopClient(List.of(), folder))) {
            long pid = worker.ask("anything", WorkerProcess.body(), Duration.ofSeconds(60))
                    .path("pid")
                    .asLong();
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();

            process.destroy();
            process.onExit().get(60, TimeUnit.SECONDS);
        }

        assertFalse(Files.exists(folder.resolve("hook-ran")), "the hook ran");
    }

    private Path compiled() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.writeString(folder.resolve("Main.java"), MAIN);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), source.toString());
        assertEquals(0, result, "compiled");
        return classes;
    }
}
