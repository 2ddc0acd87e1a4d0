// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import dev.sluice.reconcile.signing.Signatures;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The bare repository in the data directory: a cache that can be made anew at any time. Knows how to
 * ask and to fetch, not what may be followed.
 */
final class LocalCopy implements AutoCloseable {
    /** The commit that is followed; also keeps its objects from being collected. */
    private static final String FOLLOWED = "refs/sluice/followed";
    /** Where the branch pointed at the last complete fetch. */
    private static final String OFFERED = "refs/sluice/offered";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    private final GitRemote remote;
    private final LimitedRepository repository;
    private volatile Optional<CommitTree> latest = Optional.empty();

    private LocalCopy(GitRemote remote, LimitedRepository repository) {
        this.remote = remote;
        this.repository = repository;
    }

    static LocalCopy open(Path directory, GitRemote remote) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return new LocalCopy(remote, LimitedRepository.open(directory, remote.limits()));
    }

    /** Throws the copy away; nothing is lost that the server does not have. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Asks the server where the branch points. */
    Optional<CommitId> remoteTip() throws IOException {
        return talk(FetchBudget.forAsking(remote.limits()), transport -> {
            try (FetchConnection connection = transport.openFetch(List.of(branch()))) {
                return Optional.ofNullable(connection.getRef(remote.ref()))
                        .map(ref -> new CommitId(ref.getObjectId().name()));
            }
        });
    }

    /** Fetches the branch, checking every object, and answers where it pointed. */
    CommitId download() throws IOException {
        FetchResult result = talk(FetchBudget.forFetching(remote.limits()), transport -> {
            transport.setCheckFetchedObjects(true);
            transport.setTagOpt(TagOpt.NO_TAGS);
            Collection<RefSpec> wanted = List.of(branch());
            StaleLock.ofRef(repository.getDirectory().toPath(), OFFERED).remove();
            StaleLock.removeOfPacks(repository.getDirectory().toPath());
            return transport.fetch(NullProgressMonitor.INSTANCE, wanted);
        });
        requireTaken(result.getAdvertisedRef(remote.ref()));
        return offered().orElseThrow(() -> new IOException("the fetch brought no commit"));
    }

    /** A fetch that could not write where the branch points says so to nobody. */
    private void requireTaken(Ref advertised) throws IOException {
        if (advertised != null
                && !offered()
                        .equals(Optional.of(
                                new CommitId(advertised.getObjectId().name())))) {
            throw new IOException("cannot write " + OFFERED + "; it is locked or not writable");
        }
    }

    Optional<CommitId> offered() throws IOException {
        return resolve(OFFERED);
    }

    Optional<CommitId> followed() throws IOException {
        return resolve(FOLLOWED);
    }

    void follow(CommitId commit) throws IOException {
        if (followed().equals(Optional.of(commit))) {
            return;
        }
        StaleLock.ofRef(repository.getDirectory().toPath(), FOLLOWED).remove();
        RefUpdate update = repository.updateRef(FOLLOWED);
        update.setNewObjectId(ObjectId.fromString(commit.hash()));
        update.disableRefLog();
        RefUpdate.Result result = update.forceUpdate();
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
            throw new IOException("cannot write " + FOLLOWED + ": " + result);
        }
    }

    /** Whether the newer commit has the older one in its history; false when that is unknown. */
    boolean descends(CommitId newer, CommitId older) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(parse(walk, older), parse(walk, newer));
        } catch (MissingObjectException e) {
            if (e.getObjectId().name().equals(older.hash())) {
                return false;
            }
            throw e;
        }
    }

    CommitInfo info(CommitId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return Commits.info(parse(walk, commit));
        }
    }

    /** Looks at the signatures of what the branch gained, as far as the policy reaches. */
    SignedRange signatures(CommitId newer, Optional<CommitId> older, Signatures signatures)
            throws IOException {
        return SignedRange.look(repository, newer, older, remote.signing().reach(), signatures);
    }

    /** Commits after the older up to before the newer, oldest first, the newest so many of them. */
    List<CommitInfo> between(CommitId older, CommitId newer, int most) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(parse(walk, newer));
            walk.markUninteresting(parse(walk, older));
            List<CommitInfo> found = new ArrayList<>();
            walk.next();
            for (RevCommit next = walk.next();
                    next != null && found.size() < most;
                    next = walk.next()) {
                found.add(Commits.info(next));
            }
            Collections.reverse(found);
            return List.copyOf(found);
        }
    }

    /** A commit's tree, of which only what differs from the one read last is read. */
    CommitTree tree(CommitId commit, Runnable onDamage) throws IOException {
        Optional<CommitTree> base = latest;
        if (base.isEmpty()) {
            return wholeTree(commit, onDamage);
        }
        try (RevWalk walk = new RevWalk(repository)) {
            CommitTree tree = base.get().of(parse(walk, commit), remote.limits().files());
            latest = Optional.of(tree);
            return tree;
        }
    }

    /** A commit's tree, read from its root. */
    CommitTree wholeTree(CommitId commit, Runnable onDamage) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            CommitTree tree = CommitTree.of(
                    repository, parse(walk, commit), remote.limits().files(), onDamage);
            latest = Optional.of(tree);
            return tree;
        }
    }

    /** Paths whose content, kind or presence differs between two commits. */
    SortedSet<String> changedPaths(CommitId one, CommitId other) throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(parse(commits, one).getTree());
            walk.addTree(parse(commits, other).getTree());
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
        }
        return Collections.unmodifiableSortedSet(paths);
    }

    @Override
    public void close() {
        repository.close();
    }

    private interface Talk<T> {
        T with(Transport transport) throws IOException;
    }

    /** One conversation with the server, over when its budget is. */
    private <T> T talk(FetchBudget budget, Talk<T> talk) throws IOException {
        try (HttpDeadline deadline = HttpDeadline.start(budget)) {
            try (Transport transport = transport(deadline)) {
                return talk.with(transport);
            } catch (IOException e) {
                throw deadline.cause(e);
            }
        }
    }

    private Transport transport(HttpDeadline deadline) throws IOException {
        FetchBudget budget = deadline.budget();
        Transport transport = open(budget);
        transport.setTimeout((int) remote.limits().timeout().toSeconds());
        remote.credentials()
                .password()
                .ifPresent(password -> transport.setCredentialsProvider(password.provider()));
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(new HastyHttp(deadline));
        }
        if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(
                    new HastySsh(SshIdentity.of(remote.credentials().sshDirectory()), budget));
        }
        return transport;
    }

    private Transport open(FetchBudget budget) throws IOException {
        URIish uri = remote.uri();
        return DaemonTransport.SCHEME.equals(uri.getScheme())
                ? new DaemonTransport(repository, uri, budget)
                : Transport.open(repository, uri);
    }

    private RefSpec branch() {
        return new RefSpec("+" + remote.ref() + ":" + OFFERED);
    }

    private Optional<CommitId> resolve(String name) throws IOException {
        return Optional.ofNullable(repository.exactRef(name))
                .map(Ref::getObjectId)
                .map(id -> new CommitId(id.name()));
    }

    private static RevCommit parse(RevWalk walk, CommitId commit) throws IOException {
        return walk.parseCommit(ObjectId.fromString(commit.hash()));
    }
}
