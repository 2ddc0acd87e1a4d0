// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.reconcile.git.LimitedStream.LimitExceeded;
import dev.sluice.reconcile.signing.Signatures;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;

/**
 * Follows one branch, forward only. Whatever goes wrong, the commit followed last stays in force:
 *
 * <pre>
 * server silent, slow, failing       Unreachable, tried again
 * branch deleted                     Refused BRANCH_MISSING
 * history rewritten                  Refused NOT_FAST_FORWARD, until a person permits that commit
 * a commit nobody allowed signed      Refused NOT_SIGNED, looked at again
 * too many bytes or files            Refused TOO_LARGE, not fetched again
 * objects broken or missing          Refused DAMAGED, tried again
 * own copy broken                    fetched anew beside it, then exchanged
 * </pre>
 *
 * <p>Safe for many threads. One fetch at a time; whoever only reads never waits for it.
 */
public final class GitSource implements AutoCloseable {
    /** How many commits an {@link Fetched.Advanced} names at most. */
    static final int MOST_BETWEEN = 200;

    private final Path directory;
    private final GitRemote remote;
    private final Clock clock;
    private final Redaction redaction;
    private final Refusals refusals;
    private final Queue<LocalCopy> retired = new ConcurrentLinkedQueue<>();
    private volatile LocalCopy copy;
    private volatile Optional<CommitId> followed;
    private volatile Optional<CommitId> permitted = Optional.empty();
    private volatile Optional<Instant> lastContact = Optional.empty();
    private volatile boolean isDamaged;
    private volatile boolean isUntold;
    private Optional<Fetched.Refused> tooLarge = Optional.empty();
    private Optional<Instant> failingSince = Optional.empty();

    private GitSource(
            Path directory, GitRemote remote, Clock clock, LocalCopy copy, Optional<CommitId> at) {
        this.directory = directory;
        this.remote = remote;
        this.clock = clock;
        this.copy = copy;
        redaction = new Redaction(remote.url());
        refusals = new Refusals(remote);
        followed = at;
    }

    /**
     * Opens the copy in {@code <dataDirectory>/git}, making an empty one where there is none, and
     * goes on from the commit it followed last. Asks no server.
     */
    public static GitSource open(Path dataDirectory, GitRemote remote, Clock clock) {
        Path directory = dataDirectory.resolve("git");
        try {
            HermeticSystem.install(dataDirectory);
            LocalCopy copy = LocalCopy.open(directory, remote);
            return new GitSource(directory, remote, clock, copy, copy.followed());
        } catch (IOException e) {
            throw new GitException("cannot open the copy of the repository in " + directory, e);
        }
    }

    /** The commit that is followed; empty before the first. */
    public Optional<CommitId> followed() {
        return followed;
    }

    /** When the server was last heard; how old the truth is. */
    public Optional<Instant> lastContact() {
        return lastContact;
    }

    /**
     * Goes on from the commit that the journal knows: a later one followed before a crash is told
     * again, and a lost copy does not open the way for rewritten history.
     */
    public synchronized void resumeFrom(CommitId commit) {
        followed = Optional.of(commit);
    }

    /**
     * Tells the commit that is followed once more, as if it were new: whoever was told could not keep
     * or read it. Where the branch may go from there does not change.
     */
    public void tellAgain() {
        isUntold = true;
    }

    /**
     * Lets the branch go once to exactly this commit, though it is no descendant or has commits below
     * it that nobody signed; a person's word.
     */
    public void permit(CommitId commit) {
        permitted = Optional.of(commit);
    }

    /** Asks where the branch points and follows it there if it may. */
    public synchronized Fetched fetch() {
        Optional<CommitId> offered = Optional.empty();
        try {
            offered = copy.remoteTip();
            lastContact = Optional.of(clock.instant());
            if (isDamaged && offered.isPresent()) {
                heal(offered.get());
            }
            Fetched fetched =
                    offered.isEmpty() ? refusals.branchMissing(followed) : look(offered.get());
            failingSince = Optional.empty();
            return fetched;
        } catch (IOException e) {
            return failed(e, offered);
        }
    }

    /** The files of a commit that was fetched. */
    public Tree tree(CommitId commit) {
        return reading(commit, () -> copy.tree(commit, this::foundDamage));
    }

    /** What a commit that was fetched says of itself. */
    public CommitInfo info(CommitId commit) {
        return reading(commit, () -> copy.info(commit));
    }

    /** Paths whose content, kind or presence differs between two commits that were fetched. */
    public SortedSet<String> changedPaths(CommitId one, CommitId other) {
        return reading(other, () -> copy.changedPaths(one, other));
    }

    /** Waits for no fetch under way; that one ends with an error. */
    @Override
    public void close() {
        copy.close();
        retired.forEach(LocalCopy::close);
    }

    private Fetched look(CommitId tip) throws IOException {
        if (tooLarge.flatMap(Fetched.Refused::offered).equals(Optional.of(tip))) {
            return tooLarge.get();
        }
        boolean isHere = copy.offered().equals(Optional.of(tip));
        return judge(isHere ? tip : copy.download());
    }

    private Fetched judge(CommitId tip) throws IOException {
        if (followed.equals(Optional.of(tip)) && !isUntold) {
            copy.follow(tip);
            return new Fetched.Unchanged(tip);
        }
        boolean isPermitted = permitted.equals(Optional.of(tip));
        if (followed.isPresent() && !isPermitted && !copy.descends(tip, followed.get())) {
            return Refusals.rewritten(tip, followed.get());
        }
        Optional<CommitId> base = isPermitted ? Optional.empty() : followed;
        SignedRange signed = signatures(tip, base);
        if (signed.offence().isPresent() && remote.signing().isRequired()) {
            return refusals.notSigned(tip, signed.offence().get(), followed);
        }
        Tree tree = copy.tree(tip, this::foundDamage);
        List<CommitInfo> between = base.isEmpty()
                ? List.of()
                : copy.between(base.get(), tip, MOST_BETWEEN).stream()
                        .map(signed::named)
                        .toList();
        CommitInfo head = signed.named(copy.info(tip));
        copy.follow(tip);
        followed = Optional.of(tip);
        isUntold = false;
        permitted = Optional.empty();
        return new Fetched.Advanced(tree, head, between);
    }

    /** A person who permits a commit vouches for what is below it, and not for its own signature. */
    private SignedRange signatures(CommitId tip, Optional<CommitId> base) throws IOException {
        return remote.signing().isLookedAt()
                ? copy.signatures(tip, base, Signatures.of(remote.signing(), clock.instant()))
                : SignedRange.NONE;
    }

    private Fetched failed(IOException failure, Optional<CommitId> offered) {
        String cause = redaction.apply(String.valueOf(failure.getMessage()));
        if (isCausedBy(
                failure,
                List.of(
                        LimitExceeded.class,
                        TooLargePackException.class,
                        TooLargeObjectInPackException.class))) {
            Fetched.Refused refused = new Fetched.Refused(
                    Refusal.TOO_LARGE,
                    offered,
                    cause
                            + ": remove the large files from the branch's history, or raise the limit");
            tooLarge = Optional.of(refused);
            return refused;
        }
        if (isDamage(failure)) {
            checkCopy();
            return new Fetched.Refused(
                    Refusal.DAMAGED, offered, cause + ": check the repository on the server");
        }
        failingSince = Optional.of(failingSince.orElseGet(clock::instant));
        return new Fetched.Unreachable(cause, failingSince.get());
    }

    /** Blames the server only when what was followed can still be read here. */
    private void checkCopy() {
        if (followed.isEmpty()) {
            return;
        }
        try {
            copy.wholeTree(followed.get(), this::foundDamage);
        } catch (IOException e) {
            foundDamage();
        }
    }

    private void foundDamage() {
        isDamaged = true;
    }

    /**
     * Whoever reads the old copy may go on: it is closed with this source, and what it looks for by
     * path is found in the new one. Without a new one the old stays: half a copy is better than none.
     */
    private void heal(CommitId tip) throws IOException {
        boolean isPermitted = permitted.equals(Optional.of(tip));
        Optional<LocalCopy> made =
                CopyRepair.anew(directory, remote, isPermitted ? Optional.empty() : followed);
        if (made.isPresent()) {
            retired.add(copy);
            copy = made.get();
            isDamaged = false;
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T reading(CommitId commit, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            if (isDamage(e)) {
                foundDamage();
            }
            throw new GitException(
                    "cannot read commit " + commit.brief() + " in " + directory + ": "
                            + redaction.apply(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static boolean isDamage(IOException failure) {
        return isCausedBy(
                failure,
                List.of(
                        CorruptObjectException.class,
                        MissingObjectException.class,
                        IncorrectObjectTypeException.class,
                        PackInvalidException.class));
    }

    private static boolean isCausedBy(Throwable failure, List<Class<? extends IOException>> kinds) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Throwable present = cause;
            if (kinds.stream().anyMatch(kind -> kind.isInstance(present))) {
                return true;
            }
        }
        return false;
    }
}
