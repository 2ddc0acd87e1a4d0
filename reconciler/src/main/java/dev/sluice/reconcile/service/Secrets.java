// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The controller's own secrets, by the names that {@code ${secret:NAME}} in an environment uses: an
 * environment variable {@code SLUICE_SECRET_<NAME>}, in capitals and with an underscore for each other
 * character, else the file {@code secrets/<NAME>} of the data directory, which only its owner may read.
 */
final class Secrets {
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> environment;
    private final Path folder;

    /** @param environment environment variables */
    Secrets(Map<String, String> environment, Path dataDirectory) {
        this.environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        this.folder = requireNonNull(dataDirectory, "dataDirectory is null").resolve("secrets");
    }

    /**
     * The value; one line break at its end does not count.
     *
     * @throws IOException when it is in neither place, or others can read its file; never with the value
     */
    String value(String name) throws IOException {
        String variable =
                "SLUICE_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        if (environment.containsKey(variable)) {
            return environment.get(variable);
        }
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the secret '" + name + "' has a name that leaves " + folder);
        }
        try {
            refuseReadable(file);
            return Files.readString(file).replaceFirst("\\R$", "");
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "no secret '" + name + "': set " + variable + ", or write " + file
                            + " with permissions 600",
                    e);
        }
    }

    private static void refuseReadable(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        if (!Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
            throw new IOException("others can read " + file + ": chmod 600 " + file);
        }
    }
}
