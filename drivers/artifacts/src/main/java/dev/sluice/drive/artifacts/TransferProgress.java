// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells of one jar that comes from a Maven repository; poms and checksums are too small to tell. */
final class TransferProgress extends AbstractTransferListener {
    private final String what;
    private final Progress progress;

    TransferProgress(String what, Progress progress) {
        this.what = what;
        this.progress = progress;
    }

    @Override
    public synchronized void transferProgressed(TransferEvent event) {
        if (isJar(event)) {
            tell(0, event.getTransferredBytes(), event.getResource().getContentLength());
        }
    }

    @Override
    public synchronized void transferSucceeded(TransferEvent event) {
        if (isJar(event)) {
            tell(1, event.getTransferredBytes(), event.getTransferredBytes());
        }
    }

    private void tell(int files, long bytes, long all) {
        progress.at(new Progress.At(what, files, 1, bytes, Math.max(bytes, all)));
    }

    private static boolean isJar(TransferEvent event) {
        return event.getResource().getResourceName().endsWith(".jar");
    }
}
