// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import static java.util.Objects.requireNonNull;

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
public final class UserJars {
    private final Class<?> test;
    private final Path lib;
    private final Path folder;

    /**
     * @param test a source is the resource {@code /jars/<name>.java.txt} of its module
     * @param lib Flink's own jars
     * @param folder where sources and classes are put
     */
    public UserJars(Class<?> test, Path lib, Path folder) {
        this.test = requireNonNull(test, "test is null");
        this.lib = requireNonNull(lib, "lib is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** A jar with the classes of one source, and with other files. */
    public byte[] jar(String source, Map<String, String> files, Path... classPath)
            throws IOException {
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
    private Path compile(String source, Path... classPath) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(source + "-classes"));
        Path file = folder.resolve(source + ".java");
        try (InputStream in = test.getResourceAsStream("/jars/" + source + ".java.txt")) {
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
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
