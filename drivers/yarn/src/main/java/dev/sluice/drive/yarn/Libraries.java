// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Flink's jars on the distributed file system, brought once for all jobs: {@code flink/<digest>/lib},
 * where the digest is that of the manifest beside it, which has size and sha256 of each jar. So jars
 * that differ lie in another folder, and a folder says what belongs in it.
 *
 * <p>Before each use the folder is listed; a jar that is missing or of another size is brought again,
 * in the background. HDFS itself checks the bytes of what it holds.
 */
final class Libraries implements AutoCloseable {
    private final StateFiles files;
    private final Upload upload;
    private final Map<Path, Manifest> manifests = new ConcurrentHashMap<>();
    private final Map<Path, Future<Manifest>> running = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread bringing = new Thread(task, "bring-libraries");
        bringing.setDaemon(true);
        return bringing;
    });

    Libraries(StateFiles files, Upload upload) {
        this.files = requireNonNull(files, "files is null");
        this.upload = requireNonNull(upload, "upload is null");
    }

    /** Copies a file of this machine to a path of the state directory, over what is there. */
    @FunctionalInterface
    interface Upload {
        void copy(Path file, String target) throws IOException;
    }

    private record Manifest(String text, SortedMap<String, Path> jars) {
        String folder() {
            return "flink/" + Digest.of(text).brief();
        }

        String lib() {
            return folder() + "/lib";
        }
    }

    /**
     * The URL of the folder with all jars of a home; empty while some are being brought. A failure is
     * thrown once, and the next call begins anew.
     */
    Optional<String> bring(FlinkHome home) throws IOException {
        Path lib = home.lib();
        Manifest known = manifests.get(lib);
        if (known != null && missing(known).isEmpty()) {
            return Optional.of(files.url(known.lib()));
        }
        Future<Manifest> task =
                running.computeIfAbsent(lib, unused -> thread.submit(() -> brought(lib)));
        if (!task.isDone()) {
            return Optional.empty();
        }
        running.remove(lib);
        manifests.put(lib, result(task));
        return Optional.of(files.url(manifests.get(lib).lib()));
    }

    private Manifest brought(Path lib) throws IOException {
        Manifest known = manifests.get(lib);
        Manifest manifest = known == null ? manifest(lib) : known;
        SortedMap<String, Path> missing = missing(manifest);
        for (Map.Entry<String, Path> jar : missing.entrySet()) {
            upload.copy(jar.getValue(), manifest.lib() + "/" + jar.getKey());
        }
        if (!missing.isEmpty()) {
            files.create(
                    manifest.folder() + "/manifest.txt",
                    manifest.text().getBytes(StandardCharsets.UTF_8));
        }
        return manifest;
    }

    private SortedMap<String, Path> missing(Manifest manifest) throws IOException {
        Map<String, Long> there = files.lengths(manifest.lib());
        TreeMap<String, Path> missing = new TreeMap<>();
        for (Map.Entry<String, Path> jar : manifest.jars().entrySet()) {
            if (there.getOrDefault(jar.getKey(), -1L) != Files.size(jar.getValue())) {
                missing.put(jar.getKey(), jar.getValue());
            }
        }
        return missing;
    }

    private static Manifest result(Future<Manifest> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException("cannot bring Flink's jars: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted on a finished task", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Manifest manifest(Path lib) throws IOException {
        TreeMap<String, Path> jars = new TreeMap<>();
        try (Stream<Path> found = Files.list(lib)) {
            List<Path> all =
                    found.filter(file -> file.toString().endsWith(".jar")).toList();
            all.forEach(file -> jars.put(file.getFileName().toString(), file));
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            text.append(FileDigest.of(jar.getValue()).hex())
                    .append(' ')
                    .append(Files.size(jar.getValue()))
                    .append(' ')
                    .append(jar.getKey())
                    .append('\n');
        }
        return new Manifest(text.toString(), jars);
    }
}
