// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.reconcile.git.Fetched.Refused;
import dev.sluice.reconcile.signing.SigningPolicy;
import dev.sluice.reconcile.signing.SigningPolicy.Reach;
import dev.sluice.spec.CommitId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of the commits that a branch gained must be signed. */
class SignedRangeTest {
    @TempDir
    private Path directory;

    private ServerRepository repository;
    private GitSource source;
    private CommitId first;

    @BeforeEach
    void followASignedCommitOnTopOfUnsignedHistory() throws Exception {
        repository = new ServerRepository(directory.resolve("jobs.git"));
        CommitId unsigned = repository.commit("test", "before", Map.of("a", "1"));
        Process made = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString())
                .inheritIO()
                .start();
        assertEquals(0, made.waitFor());
        Files.writeString(
                directory.resolve("allowed"),
                "ann@example.com " + Files.readString(Path.of(key() + ".pub")));
        first = push(commit("first", true, unsigned));
        open(Reach.ALL);
        assertInstanceOf(Advanced.class, source.fetch());
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void everyGainedCommitIsNamedWithItsSigner() {
        CommitId second = commit("second", true, first);
        push(commit("third", true, second));

        Advanced advanced = assertInstanceOf(Advanced.class, source.fetch());

        assertEquals(1, advanced.between().size());
        assertTrue(advanced.between().get(0).signer().isPresent());
        assertTrue(advanced.head().signer().isPresent());
    }

    @Test
    void aSignedCommitDoesNotCoverAnUnsignedOneBelow() {
        CommitId second = commit("second", false, first);
        CommitId third = commit("third", false, second);
        CommitId tip = push(commit("tip", true, third));

        String text = refused();

        assertTrue(text.contains("not followed to " + tip.brief()), text);
        assertTrue(text.contains("commit " + second.brief() + " by Eve <eve@example.com>"), text);
        assertTrue(text.contains("it is not signed"), text);
        assertTrue(text.contains(first.brief() + " stays in force"), text);
        assertTrue(text.contains("signed commits on top of " + first.brief()), text);
        assertEquals(Optional.of(first), source.followed());
    }

    @Test
    void whoeverMaySignTheBranchAnewIsFollowed() {
        push(commit("tip", true, commit("second", false, first)));
        refused();

        CommitId anew = push(commit("anew", true, commit("second anew", true, first)));

        Advanced advanced = assertInstanceOf(Advanced.class, source.fetch());
        assertEquals(anew, advanced.head().commit());
    }

    @Test
    void aPersonMayPermitExactlyOneSignedCommitOnTop() {
        CommitId tip = push(commit("tip", true, commit("second", false, first)));
        source.permit(tip);

        Advanced advanced = assertInstanceOf(Advanced.class, source.fetch());

        assertEquals(tip, advanced.head().commit());
    }

    @Test
    void aPermittedCommitMustBeSignedItself() {
        source.permit(push(commit("tip", false, first)));

        refused();
    }

    @Test
    void theBranchThatAMergeBringsInMustBeSignedToo() {
        CommitId side = commit("side", false, first);
        push(commit("merge", true, first, side));

        assertTrue(refused().contains(side.brief()));
    }

    @Test
    void whereOnlyTheBranchItselfCountsASignedMergeVouchesForItsOtherParents() {
        CommitId side = commit("side", false, first);
        CommitId merge = push(commit("merge", true, first, side));
        open(Reach.FIRST_PARENT);

        Advanced advanced = assertInstanceOf(Advanced.class, source.fetch());

        assertEquals(merge, advanced.head().commit());
        assertEquals(
                List.of(Optional.empty()),
                advanced.between().stream().map(CommitInfo::signer).toList());
    }

    @Test
    void aMergeThatPutsTheKnownCommitSecondHidesNothing() {
        CommitId side = commit("side", false, first);
        push(commit("merge", true, side, first));
        open(Reach.FIRST_PARENT);

        assertTrue(refused().contains(side.brief()));
    }

    @Test
    void whereOnlyTheBranchItselfCountsAnUnsignedCommitOfItIsRefused() {
        CommitId second = commit("second", false, first);
        push(commit("third", true, second));
        open(Reach.FIRST_PARENT);

        assertTrue(refused().contains(second.brief()));
    }

    @Test
    void whereOnlyTheHeadCountsItVouchesForAllBelow() {
        CommitId tip = push(commit("third", true, commit("second", false, first)));
        open(Reach.HEAD);

        Advanced advanced = assertInstanceOf(Advanced.class, source.fetch());

        assertEquals(tip, advanced.head().commit());
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void anUnsignedHeadIsRefusedHoweverFarThePolicyReaches(Reach reach) {
        CommitId tip = push(commit("tip", false, first));
        open(reach);

        assertTrue(refused().startsWith("commit " + tip.brief()));
    }

    private String refused() {
        Fetched fetched = source.fetch();
        Refused refused = assertInstanceOf(Refused.class, fetched, fetched::toString);
        assertEquals(Refusal.NOT_SIGNED, refused.reason());
        return refused.text();
    }

    private void open(Reach reach) {
        if (source != null) {
            source.close();
        }
        SigningPolicy policy = new SigningPolicy(
                Optional.of(directory.resolve("allowed")), Optional.empty(), true, reach);
        GitRemote remote = new GitRemote(
                repository.url(), "test", GitLimits.DEFAULT, GitCredentials.NONE, policy);
        source = GitSource.open(directory.resolve("data"), remote, Clock.systemUTC());
    }

    private CommitId push(CommitId commit) {
        repository.move("test", commit);
        return commit;
    }

    private CommitId commit(String subject, boolean isSigned, CommitId... parents) {
        String who = isSigned ? "ann" : "eve";
        List<String> command = new ArrayList<>(List.of(
                "-c",
                "user.name=" + (isSigned ? "Ann" : "Eve"),
                "-c",
                "user.email=" + who + "@example.com",
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + key(),
                "commit-tree",
                "-m",
                subject));
        if (isSigned) {
            command.add("-S");
        }
        for (CommitId parent : parents) {
            command.addAll(List.of("-p", parent.hash()));
        }
        command.add(repository.git("", "rev-parse", parents[0].hash() + "^{tree}"));
        return new CommitId(repository.git("", command.toArray(String[]::new)));
    }

    private Path key() {
        return directory.resolve("key");
    }
}
