// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How controllers are launched. The first one of a world writes down which classes it loads; from an
 * archive of them those after it start faster. Java archives classes of jars only, so folders
 * of the class path are packed.
 */
record ControllerJava(String classPath, Path classes, Path archive) {
    ControllerJava {
        requireNonNull(classPath, "classPath is null");
        requireNonNull(classes, "classes is null");
        requireNonNull(archive, "archive is null");
    }

    /** @param folder for what is packed */
    static ControllerJava packed(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(entry);
            if (Files.isDirectory(file)) {
                Path jar = folder.resolve(path.size() + ".jar");
                pack(file, jar);
                path.add(jar.toString());
            } else if (Files.exists(file)) {
                path.add(entry);
            }
        }
        return new ControllerJava(
                String.join(File.pathSeparator, path),
                folder.resolve("classes.txt"),
                folder.resolve("controller.jsa"));
    }

    /** Makes the archive, when a controller has run; without one they start all the same. */
    void makeArchive() throws IOException {
        // Java 17 may crash on lambdas that other archived classes do not reach; they gain little.
        Files.write(
                classes,
                Files.readAllLines(classes).stream()
                        .filter(line -> !line.startsWith("@lambda"))
                        .toList());
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                classPath));
        new ProcessBuilder(command)
                .directory(classes.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    /** The command up to the arguments of {@code main}. */
    List<String> command(Class<?> main) {
        String sharing = Files.exists(archive)
                ? "-XX:SharedArchiveFile=" + archive
                : "-XX:DumpLoadedClassList=" + classes;
        return List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-Xlog:disable",
                sharing,
                "-cp",
                classPath,
                "-Dsluice.home=" + System.getProperty("sluice.home"),
                "-Duser.home=" + System.getProperty("user.home"),
                main.getName());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(source).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(source, out);
                out.closeEntry();
            }
        }
    }
}
