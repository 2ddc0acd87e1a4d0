// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Jars as users build them: compiled against one Flink version. */
final class UserJars {
    private final FlinkHome home;
    private final Path folder;

    UserJars(FlinkHome home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** A jar with the classes of one source, and with other files. */
    byte[] jar(String source, Map<String, String> files, Path... classPath) throws IOException {
        Path classes = compile(source, classPath);
        TreeMap<String, byte[]> content = new TreeMap<>();
        files.forEach((name, text) -> content.put(name, text.getBytes(StandardCharsets.UTF_8)));
        try (Stream<Path> found = Files.walk(classes)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                content.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : content.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The folder of the classes of one source. */
    Path compile(String source, Path... classPath) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(source + "-classes"));
        Path file = folder.resolve(source + ".java");
        try (InputStream in = UserJars.class.getResourceAsStream("/jars/" + source + ".java.txt")) {
            Files.write(file, in.readAllBytes());
        }
        String path = Stream.concat(Stream.of(classPath), libraries())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        InputStream.nullInputStream(),
                        System.out,
                        System.err,
                        "-nowarn",
                        "--release",
                        "11",
                        "-proc:none",
                        "-cp",
                        path,
                        "-d",
                        classes.toString(),
                        file.toString());
        if (code != 0) {
            throw new IllegalStateException(source + " does not compile");
        }
        return classes;
    }

    private Stream<Path> libraries() {
        try (Stream<Path> jars = Files.list(home.lib())) {
            return jars.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
