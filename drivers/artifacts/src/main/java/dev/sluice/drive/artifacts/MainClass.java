// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Tells before anything is stopped that a jar job has no class to begin with. Runs nothing. */
public final class MainClass {
    private MainClass() {}

    /**
     * @param named the class that the job names; without one the jar's manifest has to name it, by
     *     {@code program-class} or {@code Main-Class} as Flink's PackagedProgram reads it
     * @throws ArtifactFailure when nobody names a class, or neither the program nor a dependency has it
     */
    public static void check(Optional<String> named, Fetched program, List<Fetched> dependencies)
            throws ArtifactFailure {
        String name = program.file().getFileName().toString();
        try {
            Optional<String> main = named.isPresent() ? named : manifest(program.file());
            if (main.isEmpty()) {
                throw new ArtifactFailure(
                        Reason.UNUSABLE,
                        name + " names no main class in its manifest; write jar.mainClass");
            }
            boolean found = has(program, main.get());
            for (Fetched dependency : dependencies) {
                found = found || has(dependency, main.get());
            }
            if (!found) {
                throw new ArtifactFailure(
                        Reason.UNUSABLE, "there is no main class " + main.get() + " in " + name);
            }
        } catch (IOException e) {
            throw new ArtifactFailure(Reason.UNUSABLE, "cannot read " + name + ": " + e, e);
        }
    }

    /** The class that is run: the named one, else the one of the manifest. */
    public static String of(Optional<String> named, Fetched program) throws ArtifactFailure {
        try {
            Optional<String> main = named.isPresent() ? named : manifest(program.file());
            return main.orElseThrow(() -> new ArtifactFailure(
                    Reason.UNUSABLE,
                    program.file().getFileName()
                            + " names no main class in its manifest; write jar.mainClass"));
        } catch (IOException e) {
            throw new ArtifactFailure(Reason.UNUSABLE, "cannot read " + program.file(), e);
        }
    }

    /** The class that a jar's manifest names, as Flink's PackagedProgram reads it. */
    public static Optional<String> manifest(Path program) throws IOException {
        try (JarFile jar = new JarFile(program.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                return Optional.empty();
            }
            Attributes attributes = manifest.getMainAttributes();
            return Optional.ofNullable(attributes.getValue("program-class"))
                    .or(() -> Optional.ofNullable(attributes.getValue("Main-Class")));
        }
    }

    private static boolean has(Fetched file, String className) throws IOException {
        try (JarFile jar = new JarFile(file.file().toFile())) {
            return jar.getEntry(className.replace('.', '/') + ".class") != null;
        }
    }
}
