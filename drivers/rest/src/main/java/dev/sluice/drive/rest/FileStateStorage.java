// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.observed.StatePointer.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * State in a directory that the cluster and Sluice both see: {@code checkpoints/<jobId>/chk-<n>} and
 * {@code savepoints/<directory>/savepoint-...}, on whatever storage the files are.
 *
 * <p>State is complete when its {@code _metadata}, which Flink writes last, begins as Flink writes it.
 */
public final class FileStateStorage implements StateStorage {
    /** {@code org.apache.flink.runtime.checkpoint.Checkpoints.HEADER_MAGIC_NUMBER}. */
    private static final int MAGIC = 0x4960672d;

    private static final int HEAD = 16;
    private static final String CHECKPOINTS = "checkpoints";
    private static final String SAVEPOINTS = "savepoints";
    private static final String CHECKPOINT_PREFIX = "chk-";

    private final StateFiles files;

    public FileStateStorage(StateFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** The folder for {@code execution.checkpointing.dir}, as Flink shall be told. */
    public String checkpointTarget() {
        return files.url(CHECKPOINTS);
    }

    /** The folder for savepoints that are taken without a directory, as Flink shall be told. */
    public String savepointTarget() {
        return files.url(SAVEPOINTS);
    }

    @Override
    public String target(String directory) {
        return files.url(SAVEPOINTS + "/" + directory);
    }

    @Override
    public Presence presence(String path) {
        Optional<String> folder = files.path(path);
        if (folder.isEmpty()) {
            return Presence.UNKNOWN;
        }
        try {
            return read(folder.get(), Kind.SAVEPOINT).isPresent()
                    ? Presence.COMPLETE
                    : Presence.MISSING;
        } catch (IOException e) {
            return Presence.UNKNOWN;
        }
    }

    @Override
    public Optional<Instant> writtenAt(String path) throws IOException {
        Optional<String> folder = files.path(path);
        return folder.isPresent()
                ? read(folder.get(), Kind.SAVEPOINT).map(Found::completedAt)
                : Optional.empty();
    }

    @Override
    public List<Found> savepoints(String directory) throws IOException {
        return complete(SAVEPOINTS + "/" + directory, Kind.SAVEPOINT);
    }

    @Override
    public List<Found> checkpoints(JobId job) throws IOException {
        return complete(CHECKPOINTS + "/" + job.hex(), Kind.CHECKPOINT);
    }

    @Override
    public List<String> directories(JobKey key) throws IOException {
        String parent = SavepointDirectory.of(key);
        return files.children(SAVEPOINTS + "/" + parent).stream()
                .map(child -> parent + "/" + child)
                .toList();
    }

    private List<Found> complete(String folder, Kind kind) throws IOException {
        List<Found> complete = new ArrayList<>();
        for (String child : files.children(folder)) {
            if (child.startsWith(CHECKPOINT_PREFIX) == (kind == Kind.CHECKPOINT)) {
                read(folder + "/" + child, kind).ifPresent(complete::add);
            }
        }
        return complete;
    }

    private Optional<Found> read(String folder, Kind kind) throws IOException {
        return files.head(folder + "/_metadata", HEAD)
                .filter(head -> head.bytes().length == HEAD)
                .filter(head -> ByteBuffer.wrap(head.bytes()).getInt() == MAGIC)
                .map(head -> found(folder, kind, head));
    }

    /** After magic number and format version every format since 1.0 has the checkpoint id. */
    private Found found(String folder, Kind kind, StateFiles.Head head) {
        long id = ByteBuffer.wrap(head.bytes()).getLong(8);
        return new Found(kind, files.url(folder), id, head.modifiedAt());
    }
}
