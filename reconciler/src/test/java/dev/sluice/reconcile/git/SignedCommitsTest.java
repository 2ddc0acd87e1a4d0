// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.reconcile.git.Fetched.Refused;
import dev.sluice.reconcile.signing.SigningPolicy;
import dev.sluice.reconcile.signing.SigningPolicy.Reach;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits signed by the real git program with keys of the real ssh-keygen. */
class SignedCommitsTest {
    @TempDir
    private Path directory;

    private ServerRepository repository;
    private Path allowed;
    private GitSource source;

    @BeforeEach
    void create() throws Exception {
        repository = new ServerRepository(directory.resolve("jobs.git"));
        repository.commit("test", "one", Map.of("a", "1"));
        allowed = directory.resolve("allowed");
        key("ann", "ed25519");
        allow("ann", "");
        sign("ann");
        source = open(true);
        advanced();
    }

    @AfterEach
    void close() {
        source.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void aCommitSignedByAnAllowedKeyIsFollowedAndItsSignerNamed(String type) throws Exception {
        key("bob", type);
        allow("bob", "");
        CommitId signed = sign("bob");

        Advanced advanced = advanced();

        assertEquals(signed, advanced.head().commit());
        String signer = advanced.head().signer().orElseThrow();
        assertTrue(signer.matches("bob@example.com SHA256:\\S+"), signer);
    }

    @Test
    void anUnsignedCommitIsNotFollowedAndTheLastGoodOneStays() {
        Optional<CommitId> before = source.followed();
        CommitId unsigned = repository.commit("test", "two", Map.of("a", "2"));

        Refused refused = refused();

        assertTrue(refused.text().contains(unsigned.brief()), refused::text);
        assertTrue(refused.text().contains("it is not signed"), refused::text);
        assertTrue(refused.text().contains("stays in force"), refused::text);
        assertEquals(before, source.followed());
    }

    @Test
    void aKeyThatIsNotAllowedIsRefusedUntilItIs() throws Exception {
        key("eve", "ed25519");
        CommitId signed = sign("eve");

        Refused refused = refused();
        assertTrue(refused.text().contains("SHA256:"), refused::text);

        allow("eve", "");
        assertEquals(signed, advanced().head().commit());
    }

    @Test
    void aKeyWhoseTimeIsOverIsRefused() throws Exception {
        key("old", "ed25519");
        allow("old", "valid-before=\"20200101\" ");
        sign("old");

        refused();
    }

    @Test
    void aKeyThatIsAllowedForOtherThingsOnlyIsRefused() throws Exception {
        key("mail", "ed25519");
        allow("mail", "namespaces=\"file\" ");
        sign("mail");

        refused();
    }

    @Test
    void aSignatureUnderAnotherTextIsRefused() throws Exception {
        String signed = repository.git("", "cat-file", "commit", sign("ann").hash());
        repository.git(
                "",
                "update-ref",
                "refs/heads/test",
                source.followed().orElseThrow().hash());
        point(signed.replace("signed by ann", "forged by eve") + "\n");

        Refused refused = refused();

        assertTrue(refused.text().contains("not allowed to"), refused::text);
    }

    @Test
    void aSignatureThatBreaksOffIsRefusedAndNoError() {
        String broken =
                Base64.getEncoder().encodeToString("SSHSIG\0\0\0\1\0\0".getBytes(ISO_8859_1));
        point("tree " + repository.git("", "rev-parse", "refs/heads/test^{tree}") + "\nparent "
                + repository.git("", "rev-parse", "refs/heads/test") + "\n"
                + "author Ann <ann@example.com> 1772000900 +0000\n"
                + "committer Ann <ann@example.com> 1772000900 +0000\n"
                + "gpgsig -----BEGIN SSH SIGNATURE-----\n " + broken + "\n"
                + " -----END SSH SIGNATURE-----\n\nsigned\n");

        Refused refused = refused();

        assertTrue(refused.text().contains("its signature cannot be read"), refused::text);
    }

    @Test
    void withoutTheFileOfSignersNothingIsFollowed() throws Exception {
        sign("ann");
        Files.delete(allowed);

        Refused refused = refused();

        assertTrue(refused.text().contains(allowed.toString()), refused::text);
    }

    @Test
    void whereSignersAreOnlyRecordedAnUnsignedCommitIsFollowed() {
        CommitId unsigned = repository.commit("test", "two", Map.of("a", "2"));
        source.close();
        source = open(false);

        Advanced advanced = advanced();

        assertEquals(unsigned, advanced.head().commit());
        assertEquals(Optional.empty(), advanced.head().signer());
    }

    private Advanced advanced() {
        Fetched fetched = source.fetch();
        return assertInstanceOf(Advanced.class, fetched, fetched::toString);
    }

    private Refused refused() {
        Refused refused = assertInstanceOf(Refused.class, source.fetch());
        assertEquals(Refusal.NOT_SIGNED, refused.reason());
        return refused;
    }

    private GitSource open(boolean isRequired) {
        SigningPolicy policy =
                new SigningPolicy(Optional.of(allowed), Optional.empty(), isRequired, Reach.ALL);
        GitRemote remote = new GitRemote(
                repository.url(), "test", GitLimits.DEFAULT, GitCredentials.NONE, policy);
        return GitSource.open(directory.resolve("data"), remote, Clock.systemUTC());
    }

    private void key(String name, String type) throws IOException, InterruptedException {
        Process made = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", path(name))
                .inheritIO()
                .start();
        assertEquals(0, made.waitFor());
    }

    private void allow(String name, String options) throws IOException {
        String line =
                name + "@example.com " + options + Files.readString(Path.of(path(name) + ".pub"));
        Files.writeString(allowed, (Files.exists(allowed) ? Files.readString(allowed) : "") + line);
    }

    /** Adds a commit that this key has signed. */
    private CommitId sign(String name) {
        String tree = repository.git("", "rev-parse", "refs/heads/test^{tree}");
        String commit = repository.git(
                "",
                "-c",
                "user.name=Ann",
                "-c",
                "user.email=ann@example.com",
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + path(name),
                "commit-tree",
                "-S",
                "-p",
                "refs/heads/test",
                "-m",
                "signed by " + name,
                tree);
        repository.git("", "update-ref", "refs/heads/test", commit);
        return new CommitId(commit);
    }

    private void point(String commit) {
        String id = repository.git(commit, "hash-object", "-t", "commit", "-w", "--stdin");
        repository.git("", "update-ref", "refs/heads/test", id);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
