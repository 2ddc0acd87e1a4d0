// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        return start(command(java(), "DEPLOY", folder, List.of()), folder, Map.of());
    }

    /** As {@link #deploy}, with the classes and the configuration of one Hadoop cluster. */
    WorkerProcess yarn(Path folder, HadoopClient hadoop) throws WorkerFailure {
        String configuration = hadoop.configuration().toString();
        List<Path> more = new ArrayList<>(hadoop.jars());
        more.add(hadoop.configuration());
        List<String> command = command(java(), "YARN", folder, more);
        // A submission that failed leaves a hook behind that kills its application when the process
        // is
        // ended by a signal (YarnClusterDescriptor): without handlers of signals no hook ever runs.
        command.add(1, "-Xrs");
        hadoop.keytab().ifPresent(keytab -> command.addAll(1, options(keytab)));
        return start(
                command,
                folder,
                Map.of(
                        "HADOOP_CONF_DIR", configuration,
                        "YARN_CONF_DIR", configuration,
                        "FLINK_LIB_DIR", home.lib().toString()));
    }

    private static List<String> options(Keytab keytab) {
        List<String> options = new ArrayList<>(List.of(
                "-Dsluice.kerberos.principal=" + keytab.principal(),
                "-Dsluice.kerberos.keytab=" + keytab.file()));
        keytab.krb5Conf().ifPresent(file -> options.add("-Djava.security.krb5.conf=" + file));
        return options;
    }

    /** A process for one user's program, with more jars than Flink's. */
    WorkerProcess compile(Path folder, Sandbox sandbox, List<Path> more) throws WorkerFailure {
        Path java = real(java());
        List<String> command = command(java, "COMPILE", folder, more);
        List<Path> hidden = hidden();
        Stream<Path> own = Stream.of(
                folder,
                home.lib(),
                java.getParent().getParent(),
                settings.workerJar(),
                settings.runnerJar());
        List<Path> kept = Stream.concat(own, more.stream())
                .map(path -> path.toAbsolutePath().normalize())
                .filter(path -> isBelow(hidden, path) || !isAbove(hidden, path))
                .toList();
        return start(
                sandbox.around(command, hidden, kept, settings.hasNetwork()), folder, Map.of());
    }

    private static boolean isBelow(List<Path> hidden, Path path) {
        return hidden.stream().anyMatch(path::startsWith);
    }

    /** What holds something hidden is not put back as it was. */
    private static boolean isAbove(List<Path> hidden, Path path) {
        return path.getNameCount() == 0 || hidden.stream().anyMatch(one -> one.startsWith(path));
    }

    private static Path real(Path java) throws WorkerFailure {
        try {
            return java.toRealPath();
        } catch (IOException e) {
            throw new WorkerFailure(WorkerFailure.Kind.START, "there is no Java at " + java);
        }
    }

    private Path java() throws WorkerFailure {
        return settings.java()
                .of(home.release())
                .orElseThrow(() -> new WorkerFailure(
                        WorkerFailure.Kind.START,
                        settings.java().refusal(home.release()).orElseThrow()));
    }

    /** What is there of it; what lies below something hidden is hidden with it. */
    private List<Path> hidden() {
        List<Path> there = settings.hidden().stream()
                .filter(path -> path.getNameCount() > 0 && Files.exists(path))
                .toList();
        return there.stream()
                .filter(path -> there.stream()
                        .noneMatch(other -> !path.equals(other) && path.startsWith(other)))
                .distinct()
                .toList();
    }

    private List<String> command(Path java, String role, Path folder, List<Path> more) {
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
        List<String> classPath = new ArrayList<>(List.of(
                settings.workerJar().toString(),
                settings.runnerJar().toString(),
                home.lib() + "/*"));
        more.forEach(path -> classPath.add(path.toString()));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.addAll(List.of("dev.sluice.worker.Main", role));
        return command;
    }

    private static WorkerProcess start(List<String> command, Path folder, Map<String, String> more)
            throws WorkerFailure {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(KEPT_VARIABLES);
        environment.put("HOME", folder.toString());
        environment.putAll(more);
        WorkerMark mark = WorkerMark.random();
        mark.put(environment);
        try {
            return new WorkerProcess(builder.start(), mark);
        } catch (IOException e) {
            throw new WorkerFailure(
                    WorkerFailure.Kind.START, "cannot start " + command.get(0) + ": " + e);
        }
    }
}
