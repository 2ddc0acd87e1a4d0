// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.FileDigest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Flink's jars on the distributed file system, brought once for all jobs: {@code flink/<digest>/lib},
 * where the digest is that of the manifest beside it, which has size and sha256 of each jar. So jars
 * that differ lie in another folder, and a folder says what belongs in it.
 *
 * <p>Before each use the folder is listed; a jar that is missing or of another size is brought again.
 * HDFS itself checks the bytes of what it holds.
 */
final class Libraries {
    private final WebHdfs files;
    private final Map<Path, Manifest> manifests = new ConcurrentHashMap<>();

    Libraries(WebHdfs files) {
        this.files = requireNonNull(files, "files is null");
    }

    private record Manifest(String text, SortedMap<String, Path> jars) {
        String folder() {
            return "flink/" + Digest.of(text).brief();
        }
    }

    /** The URL of the folder with all jars of a home. */
    synchronized String bring(FlinkHome home) throws IOException {
        Manifest manifest = manifests.get(home.lib());
        if (manifest == null) {
            manifest = manifest(home.lib());
            manifests.put(home.lib(), manifest);
        }
        String lib = manifest.folder() + "/lib";
        Map<String, Long> there = files.lengths(lib);
        for (Map.Entry<String, Path> jar : manifest.jars().entrySet()) {
            long bytes = Files.size(jar.getValue());
            if (there.getOrDefault(jar.getKey(), -1L) != bytes) {
                files.upload(jar.getValue(), lib + "/" + jar.getKey());
            }
        }
        if (there.isEmpty()) {
            files.create(
                    manifest.folder() + "/manifest.txt",
                    manifest.text().getBytes(StandardCharsets.UTF_8));
        }
        return files.url(lib);
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
