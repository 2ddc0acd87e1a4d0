// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Place;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Controller;
import dev.sluice.reconcile.loop.DriverFactory;
import dev.sluice.reconcile.status.BoardStatus;
import dev.sluice.reconcile.status.Origin;
import dev.sluice.reconcile.webhook.WebhookListener;
import dev.sluice.web.Listen;
import dev.sluice.web.StatusServer;
import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.StatusView;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running controller of one environment and its page.
 *
 * <p>Closing leaves clusters and jobs as they are.
 */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** A cluster is asked twice a second while a job of it moves, else every ten seconds. */
    private static final Duration MOVING = Duration.ofMillis(500);

    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final BuildInfo BUILD = new BuildInfo(
            Optional.ofNullable(Service.class.getPackage().getImplementationVersion())
                    .orElse("development"),
            "unknown");

    private final Journal journal;
    private final GitSource source;
    private final Controller controller;
    private final List<AutoCloseable> others;
    private final String page;

    private Service(
            Journal journal,
            GitSource source,
            Controller controller,
            List<AutoCloseable> others,
            String page) {
        this.journal = journal;
        this.source = source;
        this.controller = controller;
        this.others = List.copyOf(others);
        this.page = page;
    }

    /**
     * Starts everything; returns when the page answers.
     *
     * @throws IOException when the data directory cannot be made or the address is taken
     */
    public static Service start(ControllerConfig config, DriverFactory factory) throws IOException {
        requireNonNull(config, "config is null");
        Files.createDirectories(config.dataDirectory());
        Journal journal = Journal.open(config.dataDirectory());
        requireHere(journal);
        String owner = ProcessName.own();
        GitSource source =
                GitSource.open(config.dataDirectory(), config.remote(), Clock.systemUTC());
        config.permit().ifPresent(source::permit);
        Controller controller = Controller.start(
                owner,
                config.environment(),
                journal,
                source,
                factory,
                new Controller.Pace(config.poll(), MOVING, SETTLED));
        Origin origin =
                new Origin(config.repository(), config.branch(), config.environment(), owner);
        List<AutoCloseable> others = new ArrayList<>();
        try {
            StatusServer server =
                    serve(new BoardStatus(controller.board(), journal, origin, BUILD), config);
            others.add(server);
            listen(config, controller).ifPresent(others::add);
            others.add(Upkeep.start(journal, config.retention(), Clock.systemUTC()));
            String page = "http://" + config.listen().host() + ":" + server.port() + "/";
            return new Service(journal, source, controller, others, page);
        } catch (IOException | RuntimeException e) {
            close(others);
            // Else the loop would go on acting in a process that said it could not start.
            controller.close();
            source.close();
            journal.close();
            throw e;
        }
    }

    private static void requireHere(Journal journal) {
        try {
            journal.requireHere(Place.here(), Clock.systemUTC().instant());
        } catch (JournalException e) {
            journal.close();
            throw e;
        }
    }

    private static Optional<WebhookListener> listen(ControllerConfig config, Controller controller)
            throws IOException {
        if (config.webhook().isEmpty()) {
            return Optional.empty();
        }
        ControllerConfig.Webhook hook = config.webhook().get();
        try {
            return Optional.of(WebhookListener.start(
                    hook.listen().host(),
                    hook.listen().port(),
                    hook.secretFile(),
                    controller::fetchSoon));
        } catch (JavalinBindException e) {
            throw taken(hook.listen(), "webhook", e);
        }
    }

    private static IOException taken(
            ControllerConfig.Listen listen, String field, JavalinBindException cause) {
        return new IOException(
                "cannot listen on " + listen.host() + ":" + listen.port() + ": "
                        + cause.getMessage() + "; name another address with " + field,
                cause);
    }

    private static void close(List<AutoCloseable> others) {
        for (AutoCloseable other : others) {
            try {
                other.close();
            } catch (Exception e) {
                LOG.warn("not closed cleanly what={} cause={}", other, e.toString());
            }
        }
    }

    private static StatusServer serve(StatusView view, ControllerConfig config) throws IOException {
        ControllerConfig.Listen listen = config.listen();
        try {
            return StatusServer.start(
                    view, Clock.systemUTC(), new Listen(listen.host(), listen.port(), List.of()));
        } catch (JavalinBindException e) {
            throw taken(listen, "listen", e);
        }
    }

    /** Address of the status page. */
    public String page() {
        return page;
    }

    /** Waits until nothing is looked after any more: closed, or ended by an error of ours. */
    public void awaitEnd() throws InterruptedException {
        controller.awaitEnd();
    }

    public Board board() {
        return controller.board();
    }

    public Journal journal() {
        return journal;
    }

    @Override
    public void close() {
        close(others);
        controller.close();
        source.close();
        journal.close();
    }
}
