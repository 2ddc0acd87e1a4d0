// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Assembles Flink homes in the background, one at a time, so that no caller waits for a download. */
public final class HomeAssembly implements AutoCloseable {
    private final FlinkHomes homes;
    private final Progress progress;
    private final Map<String, Future<FlinkHome>> running = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread assembler = new Thread(task, "flink-home-assembly");
        assembler.setDaemon(true);
        return assembler;
    });

    /** @param progress hears of downloads */
    public HomeAssembly(FlinkHomes homes, Progress progress) {
        this.homes = homes;
        this.progress = progress;
    }

    /** Whether the home is there; touches no network. */
    public boolean isReady(FlinkRelease release) {
        return homes.ready(release).isPresent();
    }

    /** The home, or empty while it is made; a failure is thrown once and the next call tries again. */
    public Optional<FlinkHome> home(FlinkRelease release) throws ArtifactFailure {
        Optional<FlinkHome> ready = homes.ready(release);
        if (ready.isPresent()) {
            return ready;
        }
        Callable<FlinkHome> assembly = () -> homes.assemble(release, progress);
        Future<FlinkHome> task =
                running.computeIfAbsent(release.patch(), unused -> thread.submit(assembly));
        if (!task.isDone()) {
            return Optional.empty();
        }
        running.remove(release.patch());
        return Optional.of(result(task));
    }

    private static FlinkHome result(Future<FlinkHome> task) throws ArtifactFailure {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ArtifactFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("assembling a home failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted on a finished task", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
