// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the process of a worker with a memory limit and a clean environment. */
final class WorkerCommand {
    private static final List<String> KEPT_VARIABLES = List.of("PATH", "LANG", "LC_ALL", "TZ");

    private final WorkerSettings settings;
    private final FlinkHome home;

    WorkerCommand(WorkerSettings settings, FlinkHome home) {
        this.settings = settings;
        this.home = home;
    }

    /** A process that never loads a user's class. */
    WorkerProcess deploy(Path folder) throws WorkerFailure {
        return start(command(java(), "DEPLOY", folder), folder);
    }

    /** A process for one user's program. */
    WorkerProcess compile(Path folder, Sandbox sandbox) throws WorkerFailure {
        Path java = java();
        List<String> command = command(java, "COMPILE", folder);
        return start(sandbox.around(command, hidden(folder, java)), folder);
    }

    /** A folder that holds what the process itself needs cannot be hidden from it. */
    private Path java() throws WorkerFailure {
        return settings.java()
                .of(home.release())
                .orElseThrow(() -> new WorkerFailure(
                        WorkerFailure.Kind.START,
                        settings.java().refusal(home.release()).orElseThrow()));
    }

    private List<Path> hidden(Path folder, Path java) {
        List<Path> needed =
                List.of(folder, home.lib(), java, settings.workerJar(), settings.runnerJar());
        return settings.hidden().stream()
                .filter(hidden ->
                        needed.stream().noneMatch(path -> path.toAbsolutePath().startsWith(hidden)))
                .toList();
    }

    private List<String> command(Path java, String role, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.add("-Xmx" + settings.megabytes() + "m");
        command.add("-XX:MaxMetaspaceSize=" + settings.megabytes() + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Requests are short: quick starting matters, the last bit of speed does not.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(home.release().jvmFlags());
        command.add("-Djava.io.tmpdir=" + folder);
        command.add("-Duser.home=" + folder);
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(List.of(
                "-cp",
                settings.workerJar() + File.pathSeparator + settings.runnerJar()
                        + File.pathSeparator + home.lib() + "/*"));
        command.addAll(List.of("dev.sluice.worker.Main", role));
        return command;
    }

    private static WorkerProcess start(List<String> command, Path folder) throws WorkerFailure {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(KEPT_VARIABLES);
        environment.put("HOME", folder.toString());
        try {
            return new WorkerProcess(builder.start());
        } catch (IOException e) {
            throw new WorkerFailure(
                    WorkerFailure.Kind.START, "cannot start " + command.get(0) + ": " + e);
        }
    }
}
