// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commit that was in force when the last run ended: it stays in force without asking git. */
final class LastCommit {
    private static final Logger LOG = LoggerFactory.getLogger(LastCommit.class);

    private LastCommit() {}

    /** Reads it from the copy on disk and tells the board; empty when there is none to read. */
    static Optional<CommitReading> read(
            Journal journal, GitSource source, String environment, Board board) {
        Optional<CommitReading> reading = journal.accepted().flatMap(commit -> {
            source.resumeFrom(commit.info().commit());
            return read(commit, source, environment, board);
        });
        if (reading.isEmpty()) {
            // The copy may follow a commit already that the journal never heard of, or that cannot
            // be read until it is fetched anew: unchanged would then mean unread for ever.
            source.tellAgain();
        }
        return reading;
    }

    private static Optional<CommitReading> read(
            FollowedCommit accepted, GitSource source, String environment, Board board) {
        CommitId commit = accepted.info().commit();
        try {
            CommitReading reading =
                    new SpecReader().read(source.tree(commit), environment, Optional.empty());
            board.post(new Board.GitNotice(
                    Optional.of(commit),
                    accepted.info().subject(),
                    Optional.empty(),
                    Optional.empty(),
                    reading.findings()));
            return Optional.of(reading);
        } catch (GitException e) {
            // The copy on disk is gone or broken and will be fetched again. Until then nothing is
            // wanted of any job, so nothing is done to any.
            LOG.warn("commit in force cannot be read commit={} cause={}", commit, e.getMessage());
            return Optional.empty();
        }
    }
}
