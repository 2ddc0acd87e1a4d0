// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.fetch.Fetch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** {@code dev.sluice.fetch} as a jar that a pod can run: a few classes, of which this is the list. */
final class FetchJar {
    private static final List<String> CLASSES = List.of(
            "Bundle", "Fetch", "FetchFailure", "FetchFailure$Reason", "Login", "Part", "Source");

    private FetchJar() {}

    /** The same each time. */
    static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(
                    out,
                    "META-INF/MANIFEST.MF",
                    ("Manifest-Version: 1.0\nMain-Class: " + Fetch.class.getName() + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            for (String name : CLASSES) {
                try (InputStream in = Fetch.class.getResourceAsStream(name + ".class")) {
                    put(out, "dev/sluice/fetch/" + name + ".class", in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
    }
}
