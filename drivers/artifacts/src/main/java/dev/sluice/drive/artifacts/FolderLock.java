// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** One holder at a time over all processes of this machine; the system frees it when one dies. */
final class FolderLock {
    private static final long POLL_MILLIS = 100;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until the lock is free; ends by interruption. */
    static FolderLock acquire(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!isAcquired(channel)) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return new FolderLock(channel);
        } catch (IOException | InterruptedException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isAcquired(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
