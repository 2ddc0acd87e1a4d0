// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

import dev.sluice.fetch.FetchFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a program to a folder: {@code java -jar fetch.jar LIST TARGET}. The target appears at once and
 * whole, and only when every part has its digest. What went wrong is the only thing it prints, because
 * Kubernetes shows the end of what a container wrote.
 */
public final class Fetch {
    private static final int TRIES = 3;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Source source;
    private final long pauseMillis;

    Fetch(Source source, long pauseMillis) {
        this.source = source;
        this.pauseMillis = pauseMillis;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> lines = Files.readAllLines(Paths.get(arguments[0]), StandardCharsets.UTF_8);
        try {
            new Fetch(new Source(Login.of(System.getenv())), 1_000)
                    .bring(Part.parse(lines), Paths.get(arguments[1]));
        } catch (FetchFailure e) {
            System.err.println(e.getMessage());
            System.exit(e.reason().exitCode());
        }
    }

    void bring(List<Part> parts, Path target) throws IOException, FetchFailure {
        List<Path> files = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            Part part = parts.get(index);
            Path file = target.resolveSibling(index + "-" + part.name());
            fetch(part, file);
            files.add(file);
        }
        Path whole = files.get(0);
        if (files.size() > 1) {
            whole = target.resolveSibling("whole");
            Bundle.write(files.get(0), files.subList(1, files.size()), whole);
        }
        Files.move(
                whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private void fetch(Part part, Path file) throws FetchFailure {
        for (int attempt = 1; ; attempt++) {
            try {
                String found = copy(part.source(), file);
                if (!found.equals(part.digest())) {
                    throw new FetchFailure(
                            Reason.OTHER_BYTES,
                            part.source() + " has SHA-256 " + found + ", and " + part.digest()
                                    + " was asked for");
                }
                return;
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw new FetchFailure(
                            Reason.UNREACHABLE, "cannot fetch " + part.source() + ": " + e);
                }
                pause(attempt * pauseMillis);
            }
        }
    }

    private String copy(String from, Path file) throws IOException, FetchFailure {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = source.open(from);
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        StringBuilder hex = new StringBuilder();
        for (byte part : digest.digest()) {
            hex.append(String.format("%02x", part));
        }
        return hex.toString();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
