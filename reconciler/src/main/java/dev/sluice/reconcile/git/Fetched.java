// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the branch found. Only {@link Advanced} changes anything; after all others the
 * commit followed before stays in force.
 */
public sealed interface Fetched {
    /** One method per kind. */
    interface Handler<R> {
        R unchanged(Unchanged fetched);

        R advanced(Advanced fetched);

        R refused(Refused fetched);

        R unreachable(Unreachable fetched);
    }

    <R> R accept(Handler<R> handler);

    /** Why a branch is not followed to where it points. */
    enum Refusal {
        /** The branch does not exist: it was deleted, or never was. */
        BRANCH_MISSING,
        /** The commit does not descend from the one followed: history was rewritten. */
        NOT_FAST_FORWARD,
        /** The commit, or what must be fetched for it, is beyond {@link GitLimits}. */
        TOO_LARGE,
        /** Nobody signed it whom the policy allows. */
        NOT_SIGNED,
        /** Objects are missing, broken or of a form that git itself forbids. */
        DAMAGED
    }

    /** The branch still points at the commit that is followed. */
    record Unchanged(CommitId commit) implements Fetched {
        public Unchanged {
            requireNonNull(commit, "commit is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.unchanged(this);
        }
    }

    /**
     * The branch moved forward and is followed.
     *
     * @param between commits since the one followed before, without the head, oldest first; at most
     *     the newest {@value GitSource#MOST_BETWEEN}, and none at the first look
     */
    record Advanced(Tree tree, CommitInfo head, List<CommitInfo> between) implements Fetched {
        public Advanced {
            requireNonNull(tree, "tree is null");
            requireNonNull(head, "head is null");
            between = List.copyOf(between);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.advanced(this);
        }
    }

    /**
     * The branch is frozen where it was followed last, until it is mended or a person allows more.
     *
     * @param offered where the branch points
     * @param text what was found and what to do, for people
     */
    record Refused(Refusal reason, Optional<CommitId> offered, String text) implements Fetched {
        public Refused {
            requireNonNull(reason, "reason is null");
            requireNonNull(offered, "offered is null");
            requireNonNull(text, "text is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.refused(this);
        }
    }

    /**
     * The server did not answer, or not in time, or not to us.
     *
     * @param cause without credentials
     * @param since when it failed first after it last worked
     */
    record Unreachable(String cause, Instant since) implements Fetched {
        public Unreachable {
            requireNonNull(cause, "cause is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.unreachable(this);
        }
    }
}
