// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier.SignatureVerification;
import org.eclipse.jgit.lib.SignatureVerifiers;

/** A signature by an SSH key, verified by JGit against the allowed signers. */
final class SshSignature {
    private SshSignature() {}

    static Finding look(Repository repository, SignedBytes signed, Path allowedSigners)
            throws IOException {
        Config config = new Config();
        config.setString("gpg", "ssh", "allowedSignersFile", allowedSigners.toString());
        SignatureVerification found = SignatureVerifiers.verify(
                repository, new GpgConfig(config), signed.content(), signed.armor());
        if (found == null) {
            throw new IllegalStateException("nothing on the class path verifies SSH signatures");
        }
        if (found.verified() && !found.expired()) {
            return Finding.signedBy(found.keyUser(), found.keyFingerprint());
        }
        String why = found.message() == null ? "" : ": " + found.message();
        return Finding.fault("it is signed by the key " + found.keyFingerprint()
                + ", which is not allowed to" + why);
    }
}
