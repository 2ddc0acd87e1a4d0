// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.drive.PassingDriver;
import dev.sluice.drive.artifacts.ArtifactFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A driver that takes time to open, or cannot be opened yet: classes are fetched for it, files of
 * configuration are read. It is opened beside whoever asks, and again after a while when that fails;
 * until then everything about the cluster is unknown, with the reason.
 */
final class OpeningDriver extends PassingDriver {
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private final String cluster;
    private final Opening opening;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread opener = new Thread(task, "open-driver");
        opener.setDaemon(true);
        return opener;
    });
    private Optional<Driver> opened = Optional.empty();
    private Instant next = Instant.MIN;
    private Driver until;
    private boolean isOpening;
    private boolean isClosed;

    /** @param cluster its name in the environment */
    OpeningDriver(String cluster, Opening opening, Clock clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.opening = requireNonNull(opening, "opening is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.until = unserved("what cluster " + cluster + " needs is being fetched");
    }

    /** Makes the driver; may fetch files, and may be called again after a failure. */
    @FunctionalInterface
    interface Opening {
        Driver open() throws IOException, ArtifactFailure;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        thread.shutdownNow();
        opened.ifPresent(Driver::close);
    }

    /** The driver, or what stands for it until it is open. */
    @Override
    protected synchronized Driver now() {
        boolean isDue = !isClosed && !isOpening && !clock.instant().isBefore(next);
        if (opened.isEmpty() && isDue) {
            isOpening = true;
            thread.execute(this::open);
        }
        return opened.orElse(until);
    }

    private void open() {
        try {
            keep(opening.open());
        } catch (IOException | ArtifactFailure e) {
            failed(e.getMessage());
        } catch (RuntimeException e) {
            failed(e.toString());
        }
    }

    /** One that is open when nobody wants it any more is closed at once. */
    private synchronized void keep(Driver driver) {
        if (isClosed) {
            driver.close();
        } else {
            opened = Optional.of(driver);
        }
    }

    private synchronized void failed(String why) {
        isOpening = false;
        next = clock.instant().plus(AGAIN);
        until = unserved(why);
    }

    private Driver unserved(String why) {
        return new UnservedDriver(cluster, why, clock);
    }
}
