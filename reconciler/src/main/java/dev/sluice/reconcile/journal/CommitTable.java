// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.reconcile.git.CommitInfo;
import dev.sluice.reconcile.journal.FollowedCommit.Verdict;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.SpecError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The commits of the followed branch. A commit judged again has a newer row. */
final class CommitTable {
    private static final String COLUMNS =
            "hash, author, committed_at, subject, verdict, reason, findings, at, signer";

    private final JournalJson json;

    CommitTable(JournalJson json) {
        this.json = json;
    }

    /** Adds a verdict, unless it is the present one: a restart or a standby may judge again. */
    void add(Session session, FollowedCommit commit) throws SQLException {
        if (isPresent(session, commit)) {
            return;
        }
        long id = session.insert(
                "INSERT INTO commit_log (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                commit.info().commit(),
                commit.info().author(),
                commit.info().time(),
                commit.info().subject(),
                commit.verdict(),
                commit.reason(),
                json.encode(commit.findings()).text(),
                commit.at(),
                commit.info().signer());
        Chain.append(session, "commit_log", id);
    }

    private boolean isPresent(Session session, FollowedCommit commit) throws SQLException {
        Optional<FollowedCommit> before = commit.verdict() == Verdict.ACCEPTED
                ? accepted(session)
                : newest(session, commit.info().commit());
        return before.filter(known -> known.info().equals(commit.info())
                        && known.verdict() == commit.verdict()
                        && known.reason().equals(commit.reason())
                        && known.findings().equals(commit.findings()))
                .isPresent();
    }

    Optional<FollowedCommit> newest(Session session, CommitId commit) throws SQLException {
        return session.first(
                "SELECT " + COLUMNS + " FROM commit_log WHERE hash = ? ORDER BY id DESC LIMIT 1",
                this::read,
                commit);
    }

    /** The newest verdicts, newest first. */
    List<FollowedCommit> newest(Session session, int limit) throws SQLException {
        return session.query(
                "SELECT " + COLUMNS + " FROM commit_log ORDER BY id DESC LIMIT ?",
                this::read,
                limit);
    }

    /** The commit that is in force. */
    Optional<FollowedCommit> accepted(Session session) throws SQLException {
        return session.first(
                "SELECT " + COLUMNS + " FROM commit_log WHERE verdict = 'ACCEPTED'"
                        + " ORDER BY id DESC LIMIT 1",
                this::read);
    }

    private FollowedCommit read(ResultSet row) throws SQLException {
        CommitInfo info = new CommitInfo(
                new CommitId(row.getString(1)),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4),
                Optional.ofNullable(row.getString(9)));
        return new FollowedCommit(
                info,
                Verdict.valueOf(row.getString(5)),
                row.getString(6),
                json.decodeList(row.getString(7), SpecError.class),
                Instant.ofEpochMilli(row.getLong(8)));
    }
}
