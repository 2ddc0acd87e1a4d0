// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.session.FileStamp;
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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
 * <p>Before each use both folders are listed: a jar that is missing there or of another size is
 * brought, and jars that have changed here get a manifest and a folder anew, in the background. HDFS
 * itself checks the bytes of what it holds. What is there is never written over: applications use it.
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

    /** {@link WebHdfs#upload}. */
    @FunctionalInterface
    interface Upload {
        void copy(FileStamp file, String target) throws IOException;
    }

    /** @param jars as they were when the text was made of them */
    private record Manifest(String text, SortedMap<String, FileStamp> jars) {
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
        Future<Manifest> begun = running.get(lib);
        if (begun != null && begun.isDone()) {
            running.remove(lib);
            manifests.put(lib, result(begun));
        }
        Manifest known = manifests.get(lib);
        if (known != null && known.jars().equals(jars(lib)) && missing(known).isEmpty()) {
            return Optional.of(files.url(known.lib()));
        }
        running.computeIfAbsent(lib, unused -> thread.submit(() -> brought(lib)));
        return Optional.empty();
    }

    private Manifest brought(Path lib) throws IOException {
        SortedMap<String, FileStamp> jars = jars(lib);
        Manifest known = manifests.get(lib);
        Manifest manifest = known != null && known.jars().equals(jars) ? known : manifest(jars);
        for (String name : missing(manifest)) {
            // Each upload takes a while, in which another controller may have brought the next.
            if (missing(manifest).contains(name)) {
                upload.copy(jars.get(name), manifest.lib() + "/" + name);
            }
        }
        files.create(
                manifest.folder() + "/manifest.txt",
                manifest.text().getBytes(StandardCharsets.UTF_8));
        return manifest;
    }

    private List<String> missing(Manifest manifest) throws IOException {
        Map<String, Long> there = files.lengths(manifest.lib());
        return manifest.jars().entrySet().stream()
                .filter(jar ->
                        there.getOrDefault(jar.getKey(), -1L) != jar.getValue().size())
                .map(Map.Entry::getKey)
                .toList();
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

    private static SortedMap<String, FileStamp> jars(Path lib) throws IOException {
        TreeMap<String, FileStamp> jars = new TreeMap<>();
        try (Stream<Path> found = Files.list(lib)) {
            for (Path file : found.toList()) {
                if (file.toString().endsWith(".jar")) {
                    jars.put(file.getFileName().toString(), FileStamp.of(file));
                }
            }
        }
        return Collections.unmodifiableSortedMap(jars);
    }

    private static Manifest manifest(SortedMap<String, FileStamp> jars) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, FileStamp> jar : jars.entrySet()) {
            text.append(FileDigest.of(jar.getValue().file()).hex())
                    .append(' ')
                    .append(jar.getValue().size())
                    .append(' ')
                    .append(jar.getKey())
                    .append('\n');
        }
        return new Manifest(text.toString(), jars);
    }
}
