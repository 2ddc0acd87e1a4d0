// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * One jar with what a program needs inside under {@code lib/}, from where Flink unpacks it into the job's
 * class path, as on other clusters.
 */
final class Bundle {
    private static final int BUFFER_BYTES = 1 << 16;

    private Bundle() {}

    static void write(Path program, List<Path> dependencies, Path target) throws IOException {
        Set<String> names = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file);
                InputStream source = Files.newInputStream(program);
                ZipInputStream in = new ZipInputStream(source)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // A jar that was merged of several may say a name twice; the first one counts.
                if (names.add(entry.getName())) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    copy(in, out);
                }
            }
            for (int index = 0; index < dependencies.size(); index++) {
                Path dependency = dependencies.get(index);
                out.putNextEntry(new ZipEntry("lib/" + dependency.getFileName()));
                Files.copy(dependency, out);
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }
}
