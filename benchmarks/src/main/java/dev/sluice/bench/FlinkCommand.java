// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.FlinkRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's own command line, as its script {@code flink} starts it, but for the script's own time.
 *
 * @param lib the jars of Flink
 * @param configuration the folder of Flink's configuration file
 */
record FlinkCommand(FlinkRelease release, Path lib, Path configuration) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    FlinkCommand {
        requireNonNull(release, "release is null");
        requireNonNull(lib, "lib is null");
        requireNonNull(configuration, "configuration is null");
    }

    /**
     * Runs it until it has ended well.
     *
     * @param pattern what to find in its output
     * @return the first group of the pattern
     */
    String find(Pattern pattern, List<String> arguments) throws IOException, InterruptedException {
        String output = run(arguments);
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IOException("flink " + arguments.get(0) + ": " + output);
        }
        return found.group(1);
    }

    /** The same; what it has written. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(release.jvmFlags());
        command.addAll(List.of("-cp", lib + "/*", "org.apache.flink.client.cli.CliFrontend"));
        command.addAll(arguments);
        Path output = configuration.resolve("command.out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("FLINK_CONF_DIR", configuration.toString());
        Process process = builder.start();
        boolean hasEnded = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!hasEnded || process.exitValue() != 0) {
            throw new IOException("flink " + arguments.get(0) + ": " + Files.readString(output));
        }
        return Files.readString(output);
    }
}
