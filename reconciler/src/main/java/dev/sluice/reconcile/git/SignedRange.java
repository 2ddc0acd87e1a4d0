// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.signing.Finding;
import dev.sluice.reconcile.signing.Signatures;
import dev.sluice.reconcile.signing.SigningPolicy.Reach;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Who signed the commits that a branch gained.
 *
 * @param signers of the commits that were looked at and are signed as the policy asks, by hash
 * @param offence the oldest that is not
 */
record SignedRange(Map<String, String> signers, Optional<Offence> offence) {
    static final SignedRange NONE = new SignedRange(Map.of(), Optional.empty());

    /**
     * A commit that nobody signed who is believed.
     *
     * @param fault a clause about the commit
     */
    record Offence(CommitInfo commit, String fault) {}

    SignedRange {
        signers = Collections.unmodifiableMap(new TreeMap<>(signers));
        requireNonNull(offence, "offence is null");
    }

    /** The commit with its signer, if it was looked at and has one. */
    CommitInfo named(CommitInfo commit) {
        return commit.signedBy(Optional.ofNullable(signers.get(commit.commit().hash())));
    }

    /**
     * Looks at the newer commit, and as far as the policy reaches at all that it has in its history
     * and the older one has not. Without an older one the newer one alone is looked at: somebody must
     * be believed first.
     */
    static SignedRange look(
            Repository repository,
            CommitId newer,
            Optional<CommitId> older,
            Reach reach,
            Signatures signatures)
            throws IOException {
        Map<String, String> signers = new TreeMap<>();
        Optional<Offence> offence = Optional.empty();
        try (RevWalk walk = new RevWalk(repository)) {
            for (RevCommit commit : commits(walk, newer, older, reach)) {
                walk.parseBody(commit);
                Finding finding = signatures.look(repository, commit);
                finding.signer()
                        .ifPresent(who -> signers.put(commit.name(), Redaction.printable(who)));
                if (finding.signer().isEmpty() && offence.isEmpty()) {
                    offence = Optional.of(new Offence(
                            Commits.info(commit), Redaction.printable(finding.fault())));
                }
            }
        }
        return new SignedRange(signers, offence);
    }

    /** Oldest first. */
    private static List<RevCommit> commits(
            RevWalk walk, CommitId newer, Optional<CommitId> older, Reach reach)
            throws IOException {
        RevCommit tip = walk.parseCommit(ObjectId.fromString(newer.hash()));
        if (reach == Reach.HEAD || older.isEmpty() || older.get().equals(newer)) {
            return List.of(tip);
        }
        walk.markStart(tip);
        walk.markUninteresting(walk.parseCommit(ObjectId.fromString(older.get().hash())));
        walk.sort(RevSort.TOPO);
        walk.sort(RevSort.REVERSE, true);
        List<RevCommit> gained = new ArrayList<>();
        walk.forEach(gained::add);
        return reach == Reach.ALL ? gained : firstParents(tip, gained);
    }

    /**
     * The line of first parents as far as it is new, however it joins what is known: a merge that
     * puts the known commit second cannot hide what it builds upon.
     */
    private static List<RevCommit> firstParents(RevCommit tip, List<RevCommit> gained) {
        Set<ObjectId> isNew = new HashSet<>(gained);
        List<RevCommit> line = new ArrayList<>();
        RevCommit next = tip;
        while (isNew.contains(next)) {
            line.add(next);
            if (next.getParentCount() == 0) {
                break;
            }
            next = next.getParent(0);
        }
        Collections.reverse(line);
        return line;
    }
}
