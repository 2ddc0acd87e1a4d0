// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.spec.CommitId;
import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** What people are told of a commit: its own words, with control characters made harmless. */
final class Commits {
    static CommitInfo info(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return new CommitInfo(
                new CommitId(commit.name()),
                Redaction.printable(author.getName() + " <" + author.getEmailAddress() + ">"),
                Instant.ofEpochSecond(commit.getCommitTime()),
                Redaction.printable(commit.getShortMessage()));
    }

    private Commits() {}
}
