// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.contract.LoopbackRepository;
import dev.sluice.drive.contract.SampleJar;
import dev.sluice.reconcile.loop.JobFiles;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The lock command as a shell calls it, against a repository on the loopback address. */
class LockCommandTest {
    private static final String GOOD = "INSERT INTO a SELECT 1 FROM b;";
    private static final byte[] UDF = SampleJar.of("udf");
    private static final String LOCK = "jobs/shop/orders/job.lock";

    @TempDir
    Path folder;

    private LoopbackRepository server;
    private Path repo;

    /** What a command left. */
    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void prepare() throws Exception {
        server = LoopbackRepository.open(folder.resolve("remote"));
        server.publish("com.acme:udf:1", UDF, "com.acme:shared:1", "org.slf4j:slf4j-api:1");
        server.publish("com.acme:shared:1", SampleJar.of("shared"));
        repo = folder.resolve("repo");
        TreeMap<String, String> files = new TreeMap<>();
        JobFiles.root(files);
        JobFiles.job(files, "orders", GOOD);
        JobFiles.job(files, "plain", GOOD);
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(file.getKey(), file.getValue());
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theDigestOfEveryArtifactIsWrittenAndTheJobIsValidThen() throws Exception {
        name("dependencies: [\"com.acme:udf:1\", own.jar, \"" + address() + "\"]");
        Files.write(repo.resolve("jobs/shop/orders/own.jar"), SampleJar.of("own"));

        Ran ran = run();

        assertEquals(0, ran.code(), ran::err);
        assertEquals(
                """
                # Written by sluice lock: run it again instead of editing.
                apiVersion: sluice/v1
                kind: Lock
                artifacts:
                  - coordinate: "com.acme:udf:1"
                    sha256: %1$s
                    from: "%2$s"
                  - coordinate: "%3$s"
                    sha256: %1$s
                  - coordinate: "own.jar"
                    sha256: %4$s
                """.formatted(
                        Digest.of(UDF), server.url(), address(), Digest.of(SampleJar.of("own"))),
                read(LOCK));
        assertEquals(List.of(), reading().findings());
        assertFalse(Files.exists(repo.resolve("jobs/shop/plain/job.lock")));
        assertEquals(List.of("job.lock", "job.sql", "job.yaml", "own.jar"), files());
    }

    @Test
    void whatAJarNeedsIsLockedWhereTheJobAsksForIt() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]\ntransitive: true\nexclude: [\"org.slf4j:*\"]");

        Ran ran = run();

        assertEquals(0, ran.code(), ran::err);
        assertTrue(read(LOCK).contains("    needs:\n      - \"com.acme:shared:1\"\n"));
        assertTrue(read(LOCK).contains("    without:\n      - \"org.slf4j:*\"\n"));
        assertEquals(
                List.of("com.acme:udf:1", "com.acme:shared:1"),
                reading().jobs().get(JobFiles.key("orders")).spec().dependencies().stream()
                        .map(artifact -> artifact.coordinate())
                        .toList());
    }

    @Test
    void lockingAgainChangesNothingAndAsksNobody() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]\ntransitive: true\nexclude: [\"org.slf4j:*\"]");
        run();
        String first = read(LOCK);
        int asked = server.requests().size();

        Ran again = run();
        Ran check = run("--check");

        assertEquals(0, again.code() + check.code());
        assertEquals("", again.out() + check.out());
        assertEquals(first, read(LOCK));
        assertEquals(asked, server.requests().size());
    }

    @Test
    void checkSaysWhatDiffersAndWritesNothing() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");
        run();
        String before = read(LOCK);
        name("dependencies: [\"com.acme:shared:1\"]");

        Ran ran = run("--check");

        assertEquals(1, ran.code());
        assertEquals(
                LOCK + "\n  + added com.acme:shared:1 sha256:"
                        + Digest.of(SampleJar.of("shared")).brief()
                        + "\n  - removed com.acme:udf:1\n",
                ran.out());
        assertTrue(ran.err().contains("1 lock files differ"), ran::err);
        assertEquals(before, read(LOCK));
    }

    @Test
    void aJobWithoutArtifactsLosesItsLockFile() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");
        run();
        name("");

        Ran ran = run();

        assertEquals(0, ran.code(), ran::err);
        assertFalse(Files.exists(repo.resolve(LOCK)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-SNAPSHOT", "[1,2)", "LATEST", "RELEASE"})
    void aVersionThatMovesIsRefusedWithItsPlaceAndNobodyIsAsked(String version) throws Exception {
        name("dependencies: [\"com.acme:udf:" + version + "\"]");

        Ran ran = run();

        assertEquals(1, ran.code());
        assertTrue(
                ran.err()
                        .contains("jobs/shop/orders/job.yaml:10:16: error [shop/orders]: expected"
                                + " a fixed version"),
                ran::err);
        assertFalse(Files.exists(repo.resolve(LOCK)));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void anArtifactThatNobodyHasIsTheUsersMistake() throws Exception {
        name("dependencies: [\"com.acme:udf:2\"]");

        Ran ran = run();

        assertEquals(1, ran.code());
        assertTrue(
                ran.err().startsWith("jobs/shop/orders/job.yaml:10:16: error [shop/orders]:"),
                ran::err);
        assertTrue(ran.err().contains("is in no repository"), ran::err);
    }

    @Test
    void aRepositoryOutOfReachIsNot() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");
        server.answerWith(503);

        Ran ran = run();

        assertEquals(3, ran.code());
        assertTrue(ran.err().contains("try again when the repository answers"), ran::err);
        assertFalse(Files.exists(repo.resolve(LOCK)));
    }

    @Test
    void aRepositoryThatHasOtherBytesNowIsToldAndNotFollowed() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");
        run();
        String before = read(LOCK);
        deleteCache();
        server.publish("com.acme:udf:1", SampleJar.of("tampered"));

        Ran ran = run();
        Ran update = run("--update");

        assertEquals(1, ran.code());
        assertTrue(ran.err().contains("the lock file says " + Digest.of(UDF)), ran::err);
        assertEquals(0, update.code());
        assertTrue(update.out().contains("~ changed com.acme:udf:1 sha256:"), update::out);
        assertFalse(read(LOCK).equals(before));
    }

    @Test
    void aFileOfTheRepositoryThatIsNoJarIsRefused() throws Exception {
        name("dependencies: [own.jar]");
        write("jobs/shop/orders/own.jar", "not a jar");

        Ran ran = run();

        assertEquals(1, ran.code());
        assertTrue(ran.err().contains("own.jar is no jar"), ran::err);
    }

    @Test
    void aLockFileThatCannotBeReadIsWrittenAnew() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");
        write(LOCK, "<<<<<<< ours\n- what a merge left\n>>>>>>> theirs\n");

        Ran ran = run();

        assertEquals(0, ran.code(), ran::err);
        assertEquals(List.of(), reading().findings());
    }

    @Test
    void oneBrokenJobLeavesTheOthersAlone() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");
        write("jobs/shop/plain/job.sql", "DROP everything;\n");

        Ran all = run();
        Ran one = run("shop/orders");
        Ran none = run("shop/nobody");

        assertEquals(List.of(1, 0, 1), List.of(all.code(), one.code(), none.code()));
        assertTrue(Files.exists(repo.resolve(LOCK)));
        assertTrue(none.err().contains("no job shop/nobody"), none::err);
    }

    @Test
    void twoVersionsOfOneThingAreAnErrorUntilTheJobNamesOne() throws Exception {
        server.publish("com.acme:other:1", UDF, "com.acme:shared:2");
        server.publish("com.acme:shared:2", SampleJar.of("shared two"));
        server.publish("com.acme:udf:1", UDF, "com.acme:shared:1");
        String both = "\"com.acme:udf:1\", \"com.acme:other:1\"";
        name("transitive: true\ndependencies: [" + both + "]");
        Ran conflict = run();
        boolean written = Files.exists(repo.resolve(LOCK));
        name("transitive: true\ndependencies: [" + both + ", \"com.acme:shared:2\"]");

        Ran named = run();

        assertEquals(List.of(1, 0), List.of(conflict.code(), named.code()), named::err);
        assertFalse(written);
        assertTrue(conflict.err().contains("needs com.acme:shared:2, but com.acme:udf:1 needs"));
        assertEquals(
                3,
                reading()
                        .jobs()
                        .get(JobFiles.key("orders"))
                        .spec()
                        .dependencies()
                        .size());
    }

    @Test
    void oneLockFileServesAllEnvironments() throws Exception {
        server.publish("com.acme:udf:2", SampleJar.of("udf two"));
        write("environments/prod/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                name: prod
                clusters: {main: {kind: local, stateDir: state}}
                """);
        name("""
                dependencies: ["com.acme:udf:${udf}"]
                variables: {udf: "1"}
                environments: {prod: {variables: {udf: "2"}}}
                """);

        Ran ran = run();

        assertEquals(0, ran.code(), ran::err);
        assertTrue(read(LOCK).contains("com.acme:udf:1") && read(LOCK).contains("com.acme:udf:2"));
    }

    @Test
    void aFolderThatIsNoJobRepositoryDoesNotPass() throws Exception {
        Files.delete(repo.resolve("environments/test/environment.yaml"));

        Ran ran = run("--check");

        assertEquals(1, ran.code());
        assertTrue(ran.err().contains("name the repository with --repo"), ran::err);
    }

    @Test
    void jsonNamesFilesAndDigests() throws Exception {
        name("dependencies: [\"com.acme:udf:1\"]");

        Ran ran = run("-o", "json");

        assertEquals(
                "{\"formatVersion\":\"1.0\",\"locks\":[{\"file\":\"" + LOCK
                        + "\",\"job\":\"shop/orders\",\"changes\":[{\"coordinate\":"
                        + "\"com.acme:udf:1\",\"change\":\"added\",\"sha256\":\"" + Digest.of(UDF)
                        + "\",\"was\":null,\"needs\":[]}]}],\"errors\":[]}\n",
                ran.out());
    }

    private Ran run(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        LockCommand command = new LockCommand(progress -> new ArtifactFiles(
                folder.resolve("cache"),
                new MavenLocation(server.url(), folder.resolve("local")),
                progress,
                List.of("127.0.0.1")));
        List<String> arguments =
                Stream.concat(Stream.of("-C", repo.toString()), Stream.of(more)).toList();
        int code = new CommandLine(command)
                .setExecutionExceptionHandler(new Errors())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        String errors = err.toString()
                .lines()
                .filter(line -> !line.startsWith("  "))
                .reduce("", (text, line) -> text + line + "\n");
        return new Ran(code, out.toString(), errors);
    }

    private CommitReading reading() {
        return new SpecReader().read(DirectoryTree.of(repo), "test", Optional.empty());
    }

    /** The job again, with these lines at its end. */
    private void name(String lines) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        JobFiles.job(files, "orders", GOOD);
        String job = files.get(JobFiles.yaml("orders"));
        write(JobFiles.yaml("orders"), job + lines + "\n");
    }

    private String address() {
        return server.url() + "/com/acme/udf/1/udf-1.jar";
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(repo.resolve(path).getParent());
        Files.writeString(repo.resolve(path), text);
    }

    private String read(String path) throws IOException {
        return Files.readString(repo.resolve(path));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> found = Files.list(repo.resolve("jobs/shop/orders"))) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void deleteCache() throws IOException {
        try (Stream<Path> found = Files.walk(folder.resolve("cache"))) {
            for (Path path : found.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
