// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.demo.DemoRun;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.text.DownloadLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice demo}: the whole way on real Flink, from an empty folder. */
@Command(
        name = "demo",
        description = "Start two Flink versions and change their jobs by commits, on this machine.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--exit",
            description = "End after the last step; exit code 0 only if every claim held.")
    private boolean exit;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description =
                    "Port of the status page, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "An empty folder for everything the demo makes (default: a new one).")
    private Path folder;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        CountDownLatch closed = new CountDownLatch(1);
        DemoRun run = DemoRun.begin(
                Installation.own(),
                emptyFolder(),
                port,
                out,
                new DownloadLine(command.commandLine().getErr(), System.console() != null));
        Thread closer = new Thread(() -> close(run, closed));
        Runtime.getRuntime().addShutdownHook(closer);
        boolean held = run.play();
        if (exit) {
            return held ? ExitCode.DONE : ExitCode.WORLD_FAILED;
        }
        out.println("The page is at " + run.page() + " until you press Ctrl-C.");
        out.flush();
        closed.await();
        return held ? ExitCode.DONE : ExitCode.WORLD_FAILED;
    }

    /** Runs at the end of the process, however it comes: Flink must not be left behind. */
    private void close(DemoRun run, CountDownLatch closed) {
        try {
            run.close();
        } catch (IOException e) {
            command.commandLine().getErr().println("sluice: " + e.getMessage());
        } finally {
            closed.countDown();
        }
    }

    private Path emptyFolder() throws IOException {
        if (folder == null) {
            return Files.createTempDirectory("sluice-demo-");
        }
        Files.createDirectories(folder);
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new InputWrong("the folder " + folder + " is not empty; name another one");
            }
        }
        return folder.toAbsolutePath().normalize();
    }
}
