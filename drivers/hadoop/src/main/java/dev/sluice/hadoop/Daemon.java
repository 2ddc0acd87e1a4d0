// SPDX-License-Identifier: Apache-2.0
package dev.sluice.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One of Hadoop's servers; its log is {@code <name>.log} in the cluster's folder. */
final class Daemon {
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info");

    private final String mainClass;
    private final int megabytes;

    Daemon(String mainClass, int megabytes) {
        this.mainClass = mainClass;
        this.megabytes = megabytes;
    }

    /** @param options of Java, besides the usual ones */
    Process start(Path folder, String classPath, List<String> options, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + megabytes + "m");
        command.addAll(FLAGS);
        command.addAll(options);
        command.add("-Dhadoop.home.dir=" + folder);
        command.add("-Dyarn.log.dir=" + folder.resolve("logs"));
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        String name = mainClass.substring(mainClass.lastIndexOf('.') + 1);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    /** Waits until a log has a text. */
    static void awaitWords(Path log, String words, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (Files.isRegularFile(log) && Files.readString(log).contains(words)) {
                return;
            }
            pause();
        }
        throw new IllegalStateException(log + " never said: " + words);
    }

    static void pause() {
        try {
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
