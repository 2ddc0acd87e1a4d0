// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.session.SecretNames;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Brings the secrets of a SQL job to the JobManager that makes its graph: in a file that only this user
 * can read, which is there from just before the submission to just after it.
 */
final class JobSecrets {
    /** Far longer than a call for a start may take. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final SecretSource source;
    private final Path folder;

    JobSecrets(SecretSource source, Path folder) {
        this.source = requireNonNull(source, "source is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** Makes sure that every secret is there, without bringing any. */
    void check(JobSpec spec) throws IOException {
        for (String name : SecretNames.ofSql(spec)) {
            source.value(name);
        }
    }

    /**
     * Puts the file there as a whole, if one is needed, and tells what the runner is told: a program
     * may be reading the one that was there.
     */
    List<String> bring(JobSpec spec, JobId id) throws IOException {
        SortedSet<String> names = SecretNames.ofSql(spec);
        if (names.isEmpty()) {
            return List.of();
        }
        Properties values = new Properties();
        for (String name : names) {
            values.setProperty(name, source.value(name));
        }
        Files.createDirectories(folder);
        Path half = Files.createTempFile(
                folder,
                id.hex(),
                ".half",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(half)) {
            values.store(out, null);
        }
        Files.move(half, file(id), StandardCopyOption.ATOMIC_MOVE);
        return List.of("--secrets", file(id).toString());
    }

    /** Removes files of submissions whose answer was lost: none takes as long as these have been there. */
    void takeForgotten(Instant now) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LONGEST))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException unsuccessful) {
            // No reason to take the cluster for unreachable; the next look tries again.
            return;
        }
    }

    /** Removes the file, unless the program may still have to read it. */
    Outcome settled(JobId id, Outcome outcome) throws IOException {
        boolean mayStillRead =
                outcome instanceof Outcome.Waiting || outcome instanceof Outcome.Unknown;
        if (!mayStillRead) {
            take(id);
        }
        return outcome;
    }

    /** Removes the file. */
    void take(JobId id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    private Path file(JobId id) {
        return folder.resolve(id.hex() + ".properties");
    }
}
