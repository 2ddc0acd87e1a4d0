// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock of the operating system that a process holds from its first lease to its end. Who gets it
 * knows that the process which held it is dead, so its lease need not be waited for. Who does not
 * get it knows nothing: that process may be paused, and then the lease decides.
 */
final class ProcessLock implements AutoCloseable {
    private final Path file;
    private Optional<FileLock> held = Optional.empty();

    ProcessLock(Path file) {
        this.file = file;
    }

    /** Takes the lock if it is free; true while it is held. */
    synchronized boolean tryHold() {
        if (held.isPresent()) {
            return true;
        }
        try {
            if (!Files.exists(file)) {
                JournalFiles.createPrivate(file);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            held = lock(channel);
            if (held.isEmpty()) {
                channel.close();
            }
            return held.isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (held.isPresent()) {
                held.get().acquiredBy().close();
            }
            held = Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }
}
