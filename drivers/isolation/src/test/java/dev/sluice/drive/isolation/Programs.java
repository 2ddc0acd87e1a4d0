// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Users' programs, compiled against a Flink home and packed into a jar. */
record Programs(FlinkHome home, Path folder) {
    private static final String IMPORTS =
            "import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;\n"
                    + "import org.apache.flink.streaming.api.functions.sink.*;\n"
                    + "import org.apache.flink.api.java.functions.KeySelector;\n"
                    + "import org.apache.flink.api.common.functions.*;\n";

    /** A jar whose class Program has this body of main. */
    Path jar(String body) throws IOException {
        Path source = folder.resolve("Program.java");
        Files.writeString(
                source,
                IMPORTS + "public class Program {\n"
                        + "  public static void main(String[] args) throws Exception {\n" + body
                        + "\n  }\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code = compiler.run(
                null,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "--release",
                "11",
                "-cp",
                classPath(),
                "-d",
                folder.toString(),
                source.toString());
        if (code != 0) {
            throw new IllegalStateException("the program of the test does not compile: " + body);
        }
        return pack();
    }

    /** What the runner takes as a script. */
    static List<String> arguments(String script) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        }
        return List.of(
                "--script",
                Base64.getUrlEncoder().withoutPadding().encodeToString(zipped.toByteArray()));
    }

    private Path pack() throws IOException {
        Path jar = folder.resolve("program.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(home.lib())) {
            return jars.map(Path::toString).collect(Collectors.joining(":"));
        }
    }
}
