// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.transfer.TransferListener;
import org.eclipse.aether.transfer.TransferResource;

/** Ends a transfer that takes too long as a whole, and passes on what it hears. */
final class DeadlineListener extends AbstractTransferListener {
    private final TransferListener next;
    private final Duration limit;
    private final Map<TransferResource, Long> begun = new ConcurrentHashMap<>();

    DeadlineListener(TransferListener next, Duration limit) {
        this.next = next;
        this.limit = limit;
    }

    @Override
    public void transferStarted(TransferEvent event) throws TransferCancelledException {
        begun.put(event.getResource(), System.nanoTime());
        next.transferStarted(event);
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        long since = begun.getOrDefault(event.getResource(), System.nanoTime());
        if (System.nanoTime() - since > limit.toNanos()) {
            throw new TransferCancelledException(event.getResource().getResourceName()
                    + " took longer than " + limit.toSeconds() + " s");
        }
        next.transferProgressed(event);
    }

    @Override
    public void transferSucceeded(TransferEvent event) {
        begun.remove(event.getResource());
        next.transferSucceeded(event);
    }

    @Override
    public void transferFailed(TransferEvent event) {
        begun.remove(event.getResource());
        next.transferFailed(event);
    }
}
