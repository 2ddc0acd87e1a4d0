// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.RememberedBoard;
import dev.sluice.reconcile.status.BoardStatus;
import dev.sluice.reconcile.status.Origin;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;

/** A controller's memory, opened to look at it. Works beside a running controller and without one. */
public final class Remembered implements AutoCloseable {
    private final Journal journal;
    private final GitSource source;
    private final Board board;
    private final StatusView view;
    private final String environment;

    private Remembered(
            Journal journal, GitSource source, Board board, StatusView view, String environment) {
        this.journal = journal;
        this.source = source;
        this.board = board;
        this.view = view;
        this.environment = environment;
    }

    /**
     * Opens the data directory of a configuration.
     *
     * @throws IOException when no controller ever ran there
     */
    public static Remembered open(ControllerConfig config) throws IOException {
        if (!Files.isDirectory(config.dataDirectory())) {
            throw new IOException("no data in " + config.dataDirectory()
                    + "; a controller makes it: sluice run --config FILE");
        }
        Clock clock = Clock.systemUTC();
        Journal journal = Journal.view(config.dataDirectory());
        GitSource source = GitSource.open(config.dataDirectory(), config.remote(), clock);
        Board board = RememberedBoard.read(journal, source, config.environment(), clock.instant());
        Origin origin = new Origin(
                config.repository(), config.branch(), config.environment(), "this command");
        return new Remembered(
                journal,
                source,
                board,
                new BoardStatus(board, journal, origin, new BuildInfo("", "")),
                config.environment());
    }

    public Board board() {
        return board;
    }

    /** The commit in force, read anew; empty before the first and when the copy of git is gone. */
    public Optional<CommitReading> inForce() {
        try {
            return journal.accepted()
                    .map(commit -> source.tree(commit.info().commit()))
                    .map(tree -> new SpecReader().read(tree, environment, Optional.empty()));
        } catch (GitException e) {
            return Optional.empty();
        }
    }

    public Journal journal() {
        return journal;
    }

    /** The same view the page has. */
    public StatusView view() {
        return view;
    }

    @Override
    public void close() {
        source.close();
        journal.close();
    }
}
