// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.Main;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.git.ServerRepository;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.JobFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A secret of a running job, an upgrade of it and a job that fails with it, is found nowhere. */
class SecretRunIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Put together here, so that no class or source has it in one piece. */
    private static final String SECRET = String.join("-", "it's", "canary", "4711");

    private static final String SQL = """
            CREATE TABLE orders (shop INT, item STRING) WITH ('connector' = 'datagen',
              'rows-per-second' = '5', 'fields.shop.min' = '1', 'fields.shop.max' = '4');
            CREATE TABLE counts (shop INT, n BIGINT, item STRING) WITH (
              'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv',
              '%s' = '${secret:canary}');
            INSERT INTO counts SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY PROCTIME()
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), CAST(NULL AS STRING) FROM orders;
            """;

    @TempDir
    Path folder;

    private final TreeMap<String, String> files = new TreeMap<>();

    @Test
    void aSecretIsInNothingThatSluiceKeepsShowsOrStarts() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        write(data.resolve("secrets").resolve("canary"));
        ServerRepository git = new ServerRepository(folder.resolve("jobs.git"));
        JobFiles.root(files);
        JobFiles.job(files, "orders", sql("csv.null-literal"));
        git.commit("test", "Begin", files);
        ListAppender<ILoggingEvent> log = listen();
        LocalClusters clusters = Installation.own().clusters(data, Progress.SILENT);
        SortedMap<String, String> told = new TreeMap<>();
        try (ProcessScan processes = new ProcessScan("canary-4711");
                Service service = Service.start(config(git, data), clusters)) {
            await(service, "orders run", board -> is(board, "orders", Phase.Stable.class, 1));
            JobFiles.job(files, "orders", sql("csv.null-literal").replace("'5'", "'6'"));
            git.commit("test", "Change", files);
            await(service, "orders run again", board -> is(board, "orders", Phase.Stable.class, 2));
            JobFiles.job(files, "broken", sql("no-such-option"));
            git.commit("test", "Break", files);
            await(service, "broken is told", board -> isToldOf(board, "no-such-option"));
            told.putAll(pages(service.page()));
            told.putAll(commands());
            assertTrue(processes.looks() > 20, "looks at processes: " + processes.looks());
            assertEquals(List.of(), processes.found());
        } finally {
            clusters.stopAll();
        }
        log.list.forEach(event -> told.put("log " + told.size(), event.getFormattedMessage()));
        told.putAll(texts(data));

        assertTrue(told.size() > 40, "places looked at: " + told.keySet());
        assertTrue(told.get("journal.db").startsWith("SQLite"), "the journal was looked at");
        assertEquals(
                List.of(),
                told.entrySet().stream()
                        .filter(place -> place.getValue().contains("canary-4711"))
                        .map(place -> place.getKey())
                        .toList());
    }

    private String sql(String option) {
        return SQL.formatted("file://" + folder.resolve("output"), option);
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
        return appender;
    }

    private ControllerConfig config(ServerRepository git, Path data) throws IOException {
        Files.writeString(folder.resolve("controller.yaml"), """
                repository: %s
                environment: test
                dataDirectory: data
                """.formatted(git.url()));
        return new ControllerConfig(
                git.url(),
                "test",
                "test",
                data,
                new ControllerConfig.Listen("127.0.0.1", 0),
                Duration.ofMillis(500));
    }

    private static void await(Service service, String claim, Predicate<Board> condition)
            throws InterruptedException {
        if (!service.board().await(condition, PATIENCE)) {
            throw new AssertionError(claim + ": " + service.board().jobs());
        }
    }

    private static boolean is(Board board, String name, Class<? extends Phase> phase, int attempt) {
        return board.job(JobFiles.key(name))
                .map(Board.JobNotice::record)
                .filter(record -> phase.isInstance(record.phase()) && record.attempt() == attempt)
                .isPresent();
    }

    private static boolean isToldOf(Board board, String words) {
        return board.job(JobFiles.key("broken"))
                .filter(job -> job.toString().contains(words))
                .isPresent();
    }

    private static SortedMap<String, String> pages(String page) throws Exception {
        SortedMap<String, String> pages = new TreeMap<>();
        for (String path : List.of(
                "/",
                "/jobs/shop/orders",
                "/jobs/shop/broken",
                "/environment",
                "/api/v1/jobs",
                "/api/v1/jobs/shop/orders",
                "/api/v1/jobs/shop/broken",
                "/api/v1/environment",
                "/api/v1/planning",
                "/api/v1/planning/shop/orders",
                "/metrics")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(page).resolve(path)).build();
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), path);
            pages.put("page " + path, answer.body());
        }
        return pages;
    }

    private SortedMap<String, String> commands() {
        SortedMap<String, String> said = new TreeMap<>();
        for (String command : List.of(
                "status",
                "describe shop/orders",
                "describe shop/broken",
                "history shop/orders",
                "history shop/broken",
                "states shop/orders",
                "events",
                "doctor",
                "plan -e test -C " + folder.resolve("jobs.git") + " --head test")) {
            StringWriter text = new StringWriter();
            String all = command + " --config " + folder.resolve("controller.yaml");
            PrintWriter out = new PrintWriter(text, true);
            new CommandLine(Main.class).setOut(out).setErr(out).execute(all.split(" "));
            said.put("sluice " + command, text.toString());
        }
        return said;
    }

    /** Every file but the secret itself, what Flink keeps of data, and objects of git, by its path. */
    private static SortedMap<String, String> texts(Path data) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(data)) {
            List<Path> found =
                    new ArrayList<>(paths.filter(Files::isRegularFile).toList());
            found.removeIf(path -> path.startsWith(data.resolve("secrets")));
            for (Path path : found) {
                texts.put(
                        data.relativize(path).toString(),
                        Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }
}
