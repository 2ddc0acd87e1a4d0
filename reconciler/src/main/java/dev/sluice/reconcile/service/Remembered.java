// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.RememberedBoard;
import dev.sluice.reconcile.status.BoardStatus;
import dev.sluice.reconcile.status.Origin;
import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;

/** A controller's memory, opened to look at it. Works beside a running controller and without one. */
public final class Remembered implements AutoCloseable {
    private final Journal journal;
    private final GitSource source;
    private final Board board;
    private final StatusView view;

    private Remembered(Journal journal, GitSource source, Board board, StatusView view) {
        this.journal = journal;
        this.source = source;
        this.board = board;
        this.view = view;
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
        GitSource source = GitSource.open(
                config.dataDirectory(), new GitRemote(config.repository(), config.branch()), clock);
        Board board = RememberedBoard.read(journal, source, config.environment(), clock.instant());
        Origin origin = new Origin(
                config.repository(), config.branch(), config.environment(), "this command");
        return new Remembered(
                journal,
                source,
                board,
                new BoardStatus(board, journal, origin, new BuildInfo("", "")));
    }

    public Board board() {
        return board;
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
