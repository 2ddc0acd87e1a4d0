// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier.SignatureVerification;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Looks at the signature of one commit. SSH signatures are verified by JGit against the allowed
 * signers; OpenPGP ones would need a library that this program does not bring.
 */
final class Signatures {
    /** What was found: who signed, or why nobody did whom the policy believes. */
    record Finding(Optional<String> signer, String fault) {}

    private final Repository repository;

    Signatures(Repository repository) {
        this.repository = repository;
    }

    Finding look(RevCommit commit, Path allowedSigners) {
        if (!Files.isReadable(allowedSigners)) {
            return fault("the allowed signers cannot be read from " + allowedSigners);
        }
        if (commit.getRawGpgSignature() == null) {
            return fault("it is not signed");
        }
        Config config = new Config();
        config.setString("gpg", "ssh", "allowedSignersFile", allowedSigners.toString());
        try {
            return finding(SignatureVerifiers.verify(repository, new GpgConfig(config), commit));
        } catch (IOException | JGitInternalException e) {
            return fault("its signature cannot be read: "
                    + Redaction.printable(String.valueOf(e.getMessage())));
        }
    }

    /** JGit answers null for a kind of signature that no library on the class path knows. */
    private static Finding finding(SignatureVerification verification) {
        if (verification == null) {
            return fault("its signature is of a kind that cannot be verified here,"
                    + " such as OpenPGP: sign with an SSH key");
        }
        String key = Redaction.printable(String.valueOf(verification.keyFingerprint()));
        if (!verification.verified() || verification.expired()) {
            String why = verification.message() == null ? "" : ": " + verification.message();
            return fault("it is signed by the key " + key + ", which is not allowed to"
                    + Redaction.printable(why));
        }
        return new Finding(
                Optional.of(Redaction.printable(verification.keyUser() + " " + key)), "");
    }

    private static Finding fault(String text) {
        return new Finding(Optional.empty(), text);
    }
}
