// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.spec.CommitId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people are told of a branch that is not followed: what was found, what stays, what to do. */
final class Refusals {
    private final GitRemote remote;

    Refusals(GitRemote remote) {
        this.remote = remote;
    }

    Fetched.Refused branchMissing(Optional<CommitId> followed) {
        return new Fetched.Refused(
                Refusal.BRANCH_MISSING,
                Optional.empty(),
                "there is no branch " + remote.branch() + " at "
                        + new Redaction(remote.url()).apply(remote.url()) + kept(followed)
                        + ": push the branch, or name another one in the configuration");
    }

    static Fetched.Refused rewritten(CommitId tip, CommitId followed) {
        return new Fetched.Refused(
                Refusal.NOT_FAST_FORWARD,
                Optional.of(tip),
                "the branch was moved to " + tip.brief() + ", which is not a descendant of "
                        + followed.brief()
                        + "; that one stays in force: push a commit on top of it,"
                        + " or permit " + tip.hash() + " in the controller's configuration");
    }

    Fetched.Refused notSigned(
            CommitId tip, SignedRange.Offence offence, Optional<CommitId> followed) {
        CommitInfo commit = offence.commit();
        boolean isTip = commit.commit().equals(tip);
        String where = isTip ? "" : "the branch is not followed to " + tip.brief() + ": ";
        return new Fetched.Refused(
                Refusal.NOT_SIGNED,
                Optional.of(tip),
                where + "commit " + commit.commit().brief() + " by " + commit.author() + " (\""
                        + commit.subject() + "\") is not followed: " + offence.fault()
                        + kept(followed) + ": " + nextStep(isTip, followed));
    }

    private String nextStep(boolean isTip, Optional<CommitId> followed) {
        String files = remote.signing().files().stream()
                .map(Path::toString)
                .collect(Collectors.joining(" or "));
        String anew = followed.map(commit ->
                        "push the branch anew with signed commits on top of " + commit.brief())
                .orElse("push a commit on top that an allowed key has signed");
        return anew + ", or add the key to " + files
                + (isTip ? "" : ", or permit the branch's newest commit in the configuration");
    }

    private static String kept(Optional<CommitId> followed) {
        return followed.map(commit -> "; " + commit.brief() + " stays in force").orElse("");
    }
}
