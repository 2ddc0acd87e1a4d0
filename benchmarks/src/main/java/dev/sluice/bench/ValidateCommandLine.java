// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sluice validate --no-sql} as a person runs it: a process of its own, a checkout on disk. */
final class ValidateCommandLine implements Benchmark {
    private static final int RUNS = 5;

    @Override
    public String id() {
        return "validate";
    }

    @Override
    public String question() {
        return "sluice validate --no-sql of a checkout, from the start of the process to its end";
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        Path checkout = bench.folder();
        for (Map.Entry<String, String> file : GeneratedRepository.files(jobs).entrySet()) {
            Path path = checkout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        for (int i = 0; i < Math.min(RUNS, bench.runs()); i++) {
            long began = System.nanoTime();
            validate(checkout);
            bench.tell("the process", "ms", (System.nanoTime() - began) / 1e6);
        }
    }

    private static void validate(Path checkout) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.reconcile.Main",
                "validate",
                "--no-sql",
                "-C",
                checkout.toString(),
                "-e",
                "test");
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("sluice validate ended with " + process.exitValue());
        }
    }
}
