// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.Progress.At;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Counts jars and bytes; everything that needs no download counts as here at the end only. */
final class DownloadProgress extends AbstractTransferListener {
    private final String what;
    private final int allFiles;
    private final long allBytes;
    private final Progress progress;
    private final Set<String> done = new HashSet<>();
    private long bytes;

    DownloadProgress(String what, List<LockedArtifact> wanted, Progress progress) {
        this.what = what;
        this.allFiles = wanted.size();
        this.allBytes = wanted.stream().mapToLong(LockedArtifact::size).sum();
        this.progress = progress;
    }

    @Override
    public synchronized void transferProgressed(TransferEvent event) {
        if (isJar(event)) {
            bytes += event.getDataBuffer().remaining();
            tell();
        }
    }

    @Override
    public synchronized void transferSucceeded(TransferEvent event) {
        if (isJar(event) && done.add(event.getResource().getResourceName())) {
            tell();
        }
    }

    private void tell() {
        progress.at(new At(what, done.size(), allFiles, Math.min(bytes, allBytes), allBytes));
    }

    private static boolean isJar(TransferEvent event) {
        return event.getResource().getResourceName().endsWith(".jar");
    }
}
