// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.observed.StatePointer.Kind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * State in a folder that the cluster and Sluice both see: {@code checkpoints/<jobId>/chk-<n>} and
 * {@code savepoints/<directory>/savepoint-...}.
 *
 * <p>State is complete when its {@code _metadata}, which Flink writes last, begins as Flink writes it.
 */
public final class FileStateStorage implements StateStorage {
    /** {@code org.apache.flink.runtime.checkpoint.Checkpoints.HEADER_MAGIC_NUMBER}. */
    private static final int MAGIC = 0x4960672d;

    private static final String CHECKPOINT_PREFIX = "chk-";

    private final Path root;

    public FileStateStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The folder for {@code execution.checkpointing.dir}, as Flink shall be told. */
    public String checkpointTarget() {
        return url(root.resolve("checkpoints"));
    }

    /** The folder for savepoints that are taken without a directory, as Flink shall be told. */
    public String savepointTarget() {
        return url(root.resolve("savepoints"));
    }

    @Override
    public String target(String directory) {
        return url(root.resolve("savepoints").resolve(directory));
    }

    @Override
    public Presence presence(String path) {
        Optional<Path> local = local(path);
        if (local.isEmpty()) {
            return Presence.UNKNOWN;
        }
        Path metadata = local.get().resolve("_metadata");
        try {
            return read(metadata, Kind.SAVEPOINT).isPresent()
                    ? Presence.COMPLETE
                    : Presence.MISSING;
        } catch (NoSuchFileException e) {
            return Presence.MISSING;
        } catch (IOException e) {
            return Presence.UNKNOWN;
        }
    }

    @Override
    public List<Found> savepoints(String directory) throws IOException {
        return complete(root.resolve("savepoints").resolve(directory), Kind.SAVEPOINT);
    }

    @Override
    public List<Found> checkpoints(JobId job) throws IOException {
        return complete(root.resolve("checkpoints").resolve(job.hex()), Kind.CHECKPOINT);
    }

    @Override
    public List<String> directories(JobKey key) throws IOException {
        String parent = SavepointDirectory.of(key);
        return children(root.resolve("savepoints").resolve(parent)).stream()
                .map(child -> parent + "/" + child.getFileName())
                .toList();
    }

    private static List<Found> complete(Path folder, Kind kind) throws IOException {
        List<Found> complete = new ArrayList<>();
        for (Path child : children(folder)) {
            boolean isCheckpoint = child.getFileName().toString().startsWith(CHECKPOINT_PREFIX);
            if (isCheckpoint == (kind == Kind.CHECKPOINT)
                    && Files.exists(child.resolve("_metadata"))) {
                read(child.resolve("_metadata"), kind).ifPresent(complete::add);
            }
        }
        return complete;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Optional<Found> read(Path metadata, Kind kind) throws IOException {
        try (InputStream in = Files.newInputStream(metadata);
                DataInputStream data = new DataInputStream(in)) {
            byte[] head = data.readNBytes(16);
            if (head.length < 16 || ByteBuffer.wrap(head).getInt() != MAGIC) {
                return Optional.empty();
            }
            // After magic number and format version every format since 1.0 has the checkpoint id.
            long id = ByteBuffer.wrap(head).getLong(8);
            Instant completedAt = Files.getLastModifiedTime(metadata).toInstant();
            return Optional.of(new Found(kind, url(metadata.getParent()), id, completedAt));
        }
    }

    /** Flink reads and prints paths without percent signs, so this is no {@code Path.toUri()}. */
    private static String url(Path path) {
        return "file:" + path;
    }

    private static Optional<Path> local(String path) {
        if (path.startsWith("file:")) {
            return Optional.of(Path.of(path.substring("file:".length()).replaceFirst("^/+", "/")));
        }
        return path.startsWith("/") ? Optional.of(Path.of(path)) : Optional.empty();
    }
}
