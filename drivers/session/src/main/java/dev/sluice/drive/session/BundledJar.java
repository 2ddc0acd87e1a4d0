// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import dev.sluice.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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

    /** The jar itself without dependencies, else a bundle in the folder, made once per content. */
    static Path of(Path program, List<Path> dependencies, Path folder) throws IOException {
        if (dependencies.isEmpty()) {
            return program;
        }
        StringBuilder content =
                new StringBuilder(Digest.of(Files.readAllBytes(program)).hex());
        for (Path dependency : dependencies) {
            content.append('\n')
                    .append(Digest.of(Files.readAllBytes(dependency)).hex());
        }
        Path bundle =
                folder.resolve(Digest.of(content.toString()).brief() + "-" + program.getFileName());
        if (!Files.exists(bundle)) {
            Files.createDirectories(folder);
            Path half = Files.createTempFile(folder, "bundle", ".half");
            write(program, dependencies, half);
            Files.move(half, bundle, StandardCopyOption.ATOMIC_MOVE);
        }
        return bundle;
    }

    private static void write(Path program, List<Path> dependencies, Path target)
            throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file);
                InputStream source = Files.newInputStream(program);
                ZipInputStream in = new ZipInputStream(source)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            for (int index = 0; index < dependencies.size(); index++) {
                Path dependency = dependencies.get(index);
                out.putNextEntry(new ZipEntry("lib/" + index + "-" + dependency.getFileName()));
                Files.copy(dependency, out);
            }
        }
    }
}
