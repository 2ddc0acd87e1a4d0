// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts the processes of a cluster so that they outlive Sluice: in a session of their own, so that
 * Ctrl-C does not reach them, with files for output, and with a clean environment, because
 * {@code HADOOP_*} and {@code FLINK_*} variables change what Flink does.
 */
final class Launcher {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final long VISIBLE_SECONDS = 2;
    private static final List<String> KEPT_VARIABLES =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private final FlinkHome home;
    private final ClusterFolder folder;
    private final Path java;

    Launcher(FlinkHome home, ClusterFolder folder, Path java) {
        this.home = home;
        this.folder = folder;
        this.java = java;
    }

    /** The id of the new process. */
    long launch(Role role) throws IOException {
        return launch(role, new Entry(role.mainClass(), "", List.of()));
    }

    /**
     * What a process runs.
     *
     * @param classPath after the home's jars; empty for none
     * @param arguments after Flink's own
     */
    record Entry(String mainClass, String classPath, List<String> arguments) {}

    /** The id of the new process, which finds user jars in {@code usrlib} of the cluster's folder. */
    long launch(Role role, Entry entry) throws IOException {
        Files.createDirectories(folder.logs());
        Files.createDirectories(folder.path().resolve("tmp"));
        Files.createDirectories(folder.path().resolve("upload"));
        // A home that somebody brought may log elsewhere, or nowhere.
        Files.writeString(logging(), FlinkHome.logging());
        Path output = folder.logs().resolve(role.label() + ".out");
        ProcessBuilder builder = new ProcessBuilder(command(role, entry))
                .directory(folder.path().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(KEPT_VARIABLES);
        // Flink looks for user jars in the folder "usrlib" beside this one, which need not exist.
        environment.put("FLINK_LIB_DIR", folder.path().resolve("lib").toString());
        Process process = builder.start();
        if (isHidden(process)) {
            // Supervision that cannot see its processes would start new ones for ever.
            process.destroyForcibly();
            throw new IOException("cannot read the command lines of processes: is /proc mounted?");
        }
        return process.pid();
    }

    /** Whether a live process is not recognised; one that ended at once cannot be and need not. */
    private boolean isHidden(Process process) throws IOException {
        try {
            return !isSeen(process)
                    && !process.waitFor(VISIBLE_SECONDS, TimeUnit.SECONDS)
                    && !isSeen(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting a process", e);
        }
    }

    private boolean isSeen(Process process) {
        return FlinkProcess.find(process.pid(), folder.path()).isPresent();
    }

    private Path logging() {
        return folder.configuration().resolve("log4j-console.properties");
    }

    private List<String> command(Role role, Entry entry) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        } else {
            // Signals that are ignored at the start stay ignored by a Java process.
            command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
        }
        command.add(java.toString());
        command.add(FlinkProcess.marker(folder.path(), role));
        command.addAll(role.memory());
        command.addAll(home.release().jvmFlags());
        command.add("-Djava.io.tmpdir=" + folder.path().resolve("tmp"));
        command.add("-Dlog.file=" + folder.logs().resolve(role.label() + ".log"));
        command.add("-Dlog4j.configurationFile=" + logging().toUri());
        String more = entry.classPath().isEmpty() ? "" : ":" + entry.classPath();
        command.addAll(List.of("-cp", home.lib() + "/*" + more));
        command.add(entry.mainClass());
        command.addAll(List.of("--configDir", folder.configuration().toString()));
        command.addAll(entry.arguments());
        return command;
    }
}
