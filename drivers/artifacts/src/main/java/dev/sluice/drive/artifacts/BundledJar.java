// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import dev.sluice.spec.Digest;
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
 * A program's jar with its dependencies inside under {@code lib/}, from where Flink unpacks them into
 * the job's class path (PackagedProgram). The cluster's own {@code lib} is never touched, and user
 * functions work on 1.x too, where {@code USING JAR} does not over REST.
 */
final class BundledJar {
    private BundledJar() {}

    /** A name that says all that is inside. */
    static String name(Fetched program, List<Fetched> dependencies) {
        StringBuilder content = new StringBuilder(program.digest().hex());
        dependencies.forEach(
                dependency -> content.append('\n').append(dependency.digest().hex()));
        return "bundle/" + Digest.of(content.toString()) + "/" + program.file().getFileName();
    }

    /** Equal content gives equal bytes: no time is written. */
    static void write(Path program, List<Fetched> dependencies, Path target) throws IOException {
        Set<String> names = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file);
                InputStream source = Files.newInputStream(program);
                ZipInputStream in = new ZipInputStream(source)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // A jar that was merged of several may say a name twice; the first one counts.
                if (names.add(entry.getName())) {
                    out.putNextEntry(timeless(entry.getName()));
                    in.transferTo(out);
                }
            }
            for (int index = 0; index < dependencies.size(); index++) {
                Path dependency = dependencies.get(index).file();
                out.putNextEntry(timeless("lib/" + index + "-" + dependency.getFileName()));
                Files.copy(dependency, out);
            }
        }
    }

    private static ZipEntry timeless(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }
}
