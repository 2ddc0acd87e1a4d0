// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, started anew for each page. */
record Chromium(Path program, Path folder) {
    private static final long PATIENCE_SECONDS = 120;
    private static final String MISSING =
            "Chromium is not on the PATH. The test of the page needs a real browser:"
                    + " run ./verify, which installs it, or apt-get install chromium.";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> QUIET = List.of(
            "--headless",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    /** The browser of this machine; a machine without one fails the test and says what to do. */
    static Chromium installed(Path folder) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Chromium(program, folder))
                .orElseGet(() -> fail(MISSING));
    }

    /** The document as it stands after the page's scripts, if it had any, ran. */
    String dom(URI address) {
        return run(List.of("--dump-dom", address.toString()));
    }

    /** Takes a picture of the page's upper part. */
    Path picture(URI address, String name, int width, int height) {
        Path file = folder.resolve(name);
        run(List.of(
                "--window-size=" + width + "," + height,
                "--screenshot=" + file,
                address.toString()));
        return file;
    }

    private String run(List<String> arguments) {
        try {
            Path output = Files.createTempFile(folder, "output", ".html");
            Process process = new ProcessBuilder(command(arguments))
                    .redirectOutput(output.toFile())
                    .redirectError(folder.resolve("browser.log").toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return fail("Chromium did not end: " + arguments);
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("Chromium could not be run: " + program, failure);
        }
    }

    private List<String> command(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(QUIET);
        sandbox().ifPresent(command::add);
        command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        command.addAll(arguments);
        return command;
    }

    /** Chromium refuses to run as root with its sandbox. */
    private static Optional<String> sandbox() {
        return System.getProperty("user.name").equals("root")
                ? Optional.of("--no-sandbox")
                : Optional.empty();
    }
}
