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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys and commits that GnuPG 2.2 made (src/test/resources/openpgp), each commit on top of the one
 * that {@link #create} makes. The private keys are gone.
 */
class OpenPgpCommitsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    @TempDir
    private Path directory;

    private ServerRepository repository;
    private Path keyring;

    @BeforeEach
    void create() throws IOException {
        repository = new ServerRepository(directory.resolve("jobs.git"));
        CommitId one = repository.commit("test", "one", Map.of("a", "1"));
        assertEquals("77fad5cbf31e5c2f03a195a05a885f5efb09f26a", one.hash());
        keyring = Files.write(directory.resolve("keyring"), resource("keyring.asc"));
    }

    @ParameterizedTest
    @CsvSource({
        "ann, Ann Author <ann@example.com> F531B57C56C3F63A8D57769D482938D01FEC2D81",
        "bob, Bob Builder <bob@example.com> A0B33E3D742E5CAA5CB2AF0A8E0535259AA4CC87",
        "carl, Carl Curve <carl@example.com> C66A7E46DEB686658D720625AF9BF5B0B1A7D351"
    })
    void aCommitSignedByAKeyOfTheRingIsFollowedAndItsOwnerNamed(String who, String signer)
            throws IOException {
        CommitId commit = push(resource(who + ".commit"));

        Advanced advanced = assertInstanceOf(Advanced.class, fetch(), "signed with GnuPG");

        assertEquals(commit, advanced.head().commit());
        assertEquals(Optional.of(signer), advanced.head().signer());
    }

    @ParameterizedTest
    @CsvSource({
        "otto-expired, which expired at 2020-12-31T00:00:00Z",
        "sue-subkey-expired, which expired at 2020-12-31T00:00:00Z",
        "rhea-revoked, which has been revoked",
        "eve-unknown, 77A57EB3F3FCB7064B95A842386261B558E54F6F",
        "bob-sha1, with a hash that can be forged",
        "bob-signature-expired, the signature expired at 2026-02-02T00:00:00Z"
    })
    void whatSpeaksAgainstAKeyOrSignatureIsToldAndTheCommitNotFollowed(String who, String why)
            throws IOException {
        push(resource(who + ".commit"));

        assertTrue(refused().contains(why), refused());
    }

    @Test
    void theRevokedKeyWasGoodBeforeItsRevocationCameIntoTheFile() throws IOException {
        push(resource("rhea-revoked.commit"));
        Files.write(keyring, resource("keyring-before.asc"));

        assertInstanceOf(Advanced.class, fetch());
    }

    @Test
    void anUnknownKeyIsToldWithTheFileThatItIsNotIn() throws IOException {
        push(resource("eve-unknown.commit"));

        assertTrue(refused().contains("which is not in " + keyring), refused());
    }

    @Test
    void aCommitThatWasChangedAfterItWasSignedIsRefused() throws IOException {
        String signed = new String(resource("ann.commit"), StandardCharsets.UTF_8);
        push(signed.replace("Signed by ann", "Forged by eve").getBytes(StandardCharsets.UTF_8));

        assertTrue(refused().contains("the commit was changed afterwards"), refused());
    }

    @Test
    void aSubkeyThatSomebodyAppendedToAnotherKeyIsNotBelieved() throws Exception {
        List<PGPPublicKeyRing> rings = rings();
        PGPPublicKeyRing ann = rings.get(0);
        PGPPublicKeyRing forged = PGPPublicKeyRing.insertPublicKey(rings.get(1), signingKey(ann));
        write(List.of(forged));
        push(resource("ann.commit"));

        assertTrue(refused().contains("which its primary key does not own"), refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n"})
    void aFileThatIsNoKeyRingBelievesNobodyAndSaysSo(String text) throws IOException {
        Files.writeString(keyring, text);
        push(resource("ann.commit"));

        assertTrue(refused().contains("gpg --armor --export"), refused());
    }

    @Test
    void binaryKeysAndSeveralArmoredOnesInARowAreRead() throws IOException {
        push(resource("bob.commit"));
        Files.write(keyring, resource("keyring.gpg"));
        assertInstanceOf(Advanced.class, fetch());

        List<PGPPublicKeyRing> rings = rings();
        write(rings);
        assertEquals(2, Files.readString(keyring).split("BEGIN PGP PUBLIC KEY", -1).length - 1);
        push(resource("ann.commit"));
        assertInstanceOf(Advanced.class, fetch("other"));
    }

    @Test
    void withSshSignersAloneAnOpenPgpSignatureIsToldAsSuch() throws IOException {
        push(resource("ann.commit"));
        SigningPolicy ssh =
                new SigningPolicy(Optional.of(keyring), Optional.empty(), true, Reach.ALL);

        Refused refused = assertInstanceOf(Refused.class, fetch("data", ssh));

        assertTrue(refused.text().contains("no openPgpKeyring is named"), refused::text);
    }

    private String refused() {
        Refused refused = assertInstanceOf(Refused.class, fetch());
        assertEquals(Refusal.NOT_SIGNED, refused.reason());
        return refused.text();
    }

    private Fetched fetch() {
        return fetch("data");
    }

    private Fetched fetch(String data) {
        return fetch(
                data, new SigningPolicy(Optional.empty(), Optional.of(keyring), true, Reach.ALL));
    }

    private Fetched fetch(String data, SigningPolicy policy) {
        GitRemote remote = new GitRemote(
                repository.url(), "test", GitLimits.DEFAULT, GitCredentials.NONE, policy);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (GitSource source = GitSource.open(directory.resolve(data), remote, clock)) {
            return source.fetch();
        }
    }

    private CommitId push(byte[] commit) {
        String id = repository.git(
                new String(commit, StandardCharsets.UTF_8),
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--stdin");
        repository.git("", "update-ref", "refs/heads/test", id);
        return new CommitId(id);
    }

    /** Ann's and Bob's. */
    private static List<PGPPublicKeyRing> rings() throws IOException {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        try (InputStream in =
                OpenPgpCommitsTest.class.getResourceAsStream("/openpgp/keyring.gpg")) {
            new BcPGPPublicKeyRingCollection(PGPUtil.getDecoderStream(in)).forEach(rings::add);
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
        return rings;
    }

    private static PGPPublicKey signingKey(PGPPublicKeyRing ring) {
        List<PGPPublicKey> keys = new ArrayList<>();
        ring.forEach(keys::add);
        return keys.get(1);
    }

    /** One block of armor a key. */
    private void write(List<PGPPublicKeyRing> rings) throws IOException {
        Files.writeString(keyring, "");
        for (PGPPublicKeyRing ring : rings) {
            try (var file = Files.newOutputStream(keyring, StandardOpenOption.APPEND);
                    ArmoredOutputStream armor = new ArmoredOutputStream(file)) {
                ring.encode(armor);
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = OpenPgpCommitsTest.class.getResourceAsStream("/openpgp/" + name)) {
            return in.readAllBytes();
        }
    }
}
