// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.GpgConfig.GpgFormat;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevCommit;

/** Looks at signatures of commits with the keys of a policy, read once. */
public final class Signatures {
    private final SigningPolicy policy;
    private final Instant now;
    private final Optional<OpenPgpKeyring> keyring;
    private final Optional<String> unreadable;

    private Signatures(
            SigningPolicy policy,
            Instant now,
            Optional<OpenPgpKeyring> keyring,
            Optional<String> unreadable) {
        this.policy = policy;
        this.now = now;
        this.keyring = keyring;
        this.unreadable = unreadable;
    }

    /**
     * Reads the keys. Where a file of the policy cannot be read no signature is believed: which of
     * its keys are no longer allowed is not known.
     *
     * @param now keys that have expired by now are not believed
     */
    public static Signatures of(SigningPolicy policy, Instant now) {
        Optional<OpenPgpKeyring> keyring = Optional.empty();
        Optional<String> unreadable = policy.files().stream()
                .filter(file -> !Files.isReadable(file))
                .findFirst()
                .map(file -> "the keys of allowed signers cannot be read from " + file);
        if (unreadable.isEmpty() && policy.openPgpKeyring().isPresent()) {
            Path file = policy.openPgpKeyring().get();
            try {
                keyring = Optional.of(OpenPgpKeyring.read(file));
            } catch (IOException e) {
                unreadable = Optional.of(e.getMessage());
            }
        }
        return new Signatures(policy, now, keyring, unreadable);
    }

    /** Who signed a commit whose body has been parsed, or why nobody did who is believed. */
    public Finding look(Repository repository, RevCommit commit) {
        if (unreadable.isPresent()) {
            return Finding.fault(unreadable.get());
        }
        Optional<SignedBytes> signed = SignedBytes.of(commit);
        if (signed.isEmpty()) {
            return Finding.fault("it is not signed");
        }
        try {
            return look(repository, signed.get());
        } catch (IOException | RuntimeException e) {
            // What is parsed here is a stranger's, and the libraries meet it with exceptions of
            // every kind. It must never be more than a commit that is not followed.
            return Finding.fault("its signature cannot be read: " + e.getMessage());
        }
    }

    private Finding look(Repository repository, SignedBytes signed) throws IOException {
        GpgFormat format = SignatureVerifiers.getFormat(signed.armor());
        if (format == GpgFormat.SSH) {
            return policy.allowedSigners().isPresent()
                    ? SshSignature.look(
                            repository, signed, policy.allowedSigners().get())
                    : Finding.fault(
                            "it is signed with an SSH key, and no allowedSigners are named");
        }
        if (format == GpgFormat.OPENPGP) {
            return keyring.map(keys -> keys.look(signed, now))
                    .orElseGet(() -> Finding.fault(
                            "it is signed with an OpenPGP key, and no openPgpKeyring is named"));
        }
        return Finding.fault("its signature is of a kind that cannot be verified here, such as"
                + " X.509: sign with an SSH or OpenPGP key");
    }
}
