// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.isolation.WorkerFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of users' programs in a process of their own. */
abstract class Compiling {
    private static final String JOB = "StreamExecutionEnvironment e ="
            + " StreamExecutionEnvironment.getExecutionEnvironment();"
            + " e.fromData(1, 2).uid(\"numbers\").keyBy(x -> x)"
            + ".reduce((a, b) -> a + b).uid(\"sum\").print();";

    private static final String SCRIPT = """
            CREATE TABLE src (id BIGINT, n INT) WITH ('connector' = 'datagen');
            CREATE TABLE snk (id BIGINT, n BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO snk SELECT id, COUNT(n) FROM src GROUP BY id;
            INSERT INTO snk SELECT id, CAST(n AS BIGINT) FROM src;
            """;

    private final String version;

    @TempDir
    Path folder;

    private FlinkHome home;
    private FlinkWorkers workers;

    Compiling(String version) {
        this.version = version;
    }

    @BeforeEach
    void open() throws Exception {
        home = Homes.of(version);
        workers = new FlinkWorkers(Homes.settings()
                .withCompileDeadline(Duration.ofMinutes(2))
                .hiding(List.of(folder)));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void operatorsOfAJarAreToldWithTheirUids() throws Exception {
        CompiledJob job = compile(JOB + "System.out.println(\"{}\"); e.execute(\"a job\");");

        CompiledJob.Operator sum = job.operators().stream()
                .filter(operator -> operator.uid().equals(Optional.of("sum")))
                .findFirst()
                .orElseThrow();
        assertTrue(sum.isKeyed());
        assertEquals(3, sum.parallelism());
        assertEquals(32, sum.id().length());
        assertTrue(job.plan().orElseThrow().contains("nodes"));
    }

    @Test
    void severalInsertsAreOneGraph() throws Exception {
        CompiledJob job = sql(SCRIPT);

        assertEquals(
                1,
                job.operators().stream().filter(operator -> operator.isKeyed()).count(),
                job::toString);
    }

    @Test
    void idsDependOnTheGraphAlone() throws Exception {
        assertEquals(sql(SCRIPT), sql("-- a comment\n" + SCRIPT));
    }

    @Test
    void aMissingConnectorIsNamedWithItsStatement() {
        WorkerFailure failure = assertThrows(
                WorkerFailure.class, () -> sql(SCRIPT.replace("'blackhole'", "'kafka'")));

        assertEquals(Kind.PROGRAM, failure.kind());
        assertTrue(failure.getMessage().contains("'kafka'"), failure::getMessage);
    }

    @Test
    void twoJobsAreOneTooMany() {
        fails(
                Kind.PROGRAM,
                "main() started 2 jobs",
                JOB + "e.execute(); e.fromData(3).print(); e.execute();");
    }

    @Test
    void aProgramWithoutAJobIsRefused() {
        fails(Kind.PROGRAM, "without starting a job", "System.out.println(1);");
    }

    @Test
    void aProgramThatExitsIsNamedWithItsLine() {
        fails(Kind.EXIT, "Program.main(Program.java:", JOB + "System.exit(0);");
    }

    @Test
    void aProgramThatFailsTellsItsRootCause() {
        fails(
                Kind.PROGRAM,
                "no topic given",
                "throw new RuntimeException(new IllegalArgumentException(\"no topic given\"));");
    }

    @Test
    void aMainClassThatIsAbsentIsNamed() throws Exception {
        Path jar = programs().jar("");

        WorkerFailure failure = assertThrows(
                WorkerFailure.class,
                () -> workers.compile(home, request(jar, "com.acme.Absent", List.of())));

        assertEquals(Kind.PROGRAM, failure.kind());
        assertTrue(failure.getMessage().contains("com.acme.Absent"), failure::getMessage);
    }

    @Test
    void aFileThatIsNoJarIsRefused() throws Exception {
        Path jar = Files.writeString(folder.resolve("no.jar"), "this is no jar");

        WorkerFailure failure = assertThrows(
                WorkerFailure.class,
                () -> workers.compile(home, request(jar, "Program", List.of())));

        assertEquals(Kind.PROGRAM, failure.kind(), failure::getMessage);
    }

    @Test
    void aProgramThatNeverReturnsIsKilledAtItsDeadline() throws Exception {
        workers.close();
        workers = new FlinkWorkers(Homes.settings().withCompileDeadline(Duration.ofSeconds(10)));

        fails(
                Kind.DEADLINE,
                "Program.main(Program.java:",
                "while (true) { try { new Object().hashCode(); } catch (Throwable t) { } }");
        assertEquals(0, ProcessHandle.current().children().count());
    }

    @Test
    void aProgramThatTakesAllMemoryHarmsNobody() {
        fails(
                Kind.DIED,
                "more memory",
                "java.util.List<long[]> all = new java.util.ArrayList<>();"
                        + " while (true) { all.add(new long[10_000_000]); }");
    }

    @Test
    void whatAProgramLeavesRunningEndsWithIt() throws Exception {
        String mark = "sleep 4" + System.nanoTime();
        String leave = "for (int i = 0; i < 200; i++) { new Thread(() -> { while (true) {"
                + " java.util.concurrent.locks.LockSupport.park(); } }).start(); }"
                + "Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));"
                + "new ProcessBuilder(\"sh\", \"-c\", \"(setsid " + mark
                + " >/dev/null 2>&1 &)\").start().waitFor();";

        CompiledJob job = compile(leave + JOB + "e.execute();");

        assertFalse(job.operators().isEmpty());
        assertEquals(0, ProcessHandle.current().children().count());
        assertEquals(List.of(), commandLines(mark));
    }

    @Test
    void aProgramReachesTheNetworkOnlyWhereItMay() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String call = "new java.net.Socket(\"127.0.0.1\", " + server.getLocalPort()
                    + ").close();" + JOB + "e.execute();";
            compile(call);
            workers.close();
            workers = new FlinkWorkers(Homes.settings().withoutNetwork());

            if (workers.sandbox().endsWith("without the network")) {
                fails(
                        Kind.PROGRAM,
                        "Network is unreachable",
                        call.replace("close()", "getInputStream().read()"));
            }
        }
    }

    @Test
    void whatAProgramNeedsStaysThereBelowAHiddenFolder() throws Exception {
        workers.close();
        Path user = Path.of(System.getProperty("user.home"));
        Path file = Files.writeString(folder.resolve("journal.db"), "hidden");
        workers = new FlinkWorkers(Homes.settings()
                .hiding(List.of(
                        user, user.resolve(".ssh"), file, home.lib().getParent(), Path.of("/"))));
        String look = "new java.io.File(\"" + file + "\").length() + \" \""
                + " + java.util.Arrays.toString(new java.io.File(\"" + user + "\").list())"
                + " + \" \" + new java.io.File(\"" + home.lib() + "\").canWrite()";

        WorkerFailure failure = assertThrows(
                WorkerFailure.class,
                () -> compile("throw new IllegalStateException(" + look + ");"));

        assertEquals(Kind.PROGRAM, failure.kind(), failure::getMessage);
        if (FlinkWorkers.keepsApart()) {
            String seen = failure.getMessage();
            assertTrue(seen.matches("0 \\[[^,]*(, [^,]*)?] false"), seen);
        }
        assertEquals("hidden", Files.readString(file));
    }

    /** Processes whose command line has these words. */
    private static List<Long> commandLines(String words) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(words))
                        .isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

    @Test
    void aProgramSeesNoCredentialsNoOtherProcessAndNoHiddenFolder() throws Exception {
        Files.writeString(folder.resolve("secret"), "hidden");
        String look = "System.getenv().keySet() + \" \""
                + " + new java.io.File(\"" + folder + "/secret\").exists() + \" \""
                + " + ProcessHandle.allProcesses().count()"
                + " + \" \" + new java.io.File(\"" + home.lib() + "\").canWrite()";

        WorkerFailure failure = assertThrows(
                WorkerFailure.class,
                () -> compile("throw new IllegalStateException(" + look + ");"));

        String[] seen = failure.getMessage().split("] ");
        assertTrue(
                List.of(
                                "PATH",
                                "LANG",
                                "LC_ALL",
                                "TZ",
                                "HOME",
                                "PWD",
                                "OLDPWD",
                                "SHLVL",
                                "_",
                                "SLUICE_WORKER")
                        .containsAll(List.of(seen[0].substring(1).split(", "))),
                failure::getMessage);
        boolean isSandboxed = workers.sandbox().startsWith("in name spaces");
        assertEquals(isSandboxed, seen[1].startsWith("false "), failure::getMessage);
        assertFalse(isSandboxed && seen[1].endsWith(" true"), seen[1]);
        assertFalse(isSandboxed && Integer.parseInt(seen[1].split(" ")[1]) > 2, seen[1]);
    }

    private CompiledJob compile(String body) throws Exception {
        return workers.compile(home, request(programs().jar(body), "Program", List.of()));
    }

    private CompiledJob sql(String script) throws Exception {
        return workers.compile(
                home,
                request(
                        Homes.jar("runner", "flink-sql-runner"),
                        "dev.sluice.runner.SqlRunner",
                        Programs.arguments(script)));
    }

    private void fails(Kind kind, String words, String body) {
        WorkerFailure failure = assertThrows(WorkerFailure.class, () -> compile(body));

        assertEquals(kind, failure.kind(), failure::getMessage);
        assertTrue(failure.getMessage().contains(words), failure::getMessage);
    }

    private Programs programs() throws IOException {
        return new Programs(home, folder);
    }

    private static CompileRequest request(Path jar, String mainClass, List<String> arguments) {
        return new CompileRequest(jar, Optional.of(mainClass), arguments, new TreeMap<>(), 3);
    }
}
