// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * One key of a key ring with the primary key that stands for it; often the same.
 *
 * @param primary the key that carries names and binds the others
 * @param key the key that signs
 */
record OpenPgpKey(PGPPublicKey primary, PGPPublicKey key) {
    /** Without collisions that somebody could make; not so MD5, SHA-1 and RIPEMD-160. */
    private static final Set<Integer> STRONG = Set.of(
            HashAlgorithmTags.SHA224,
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    boolean hasId(long id) {
        return key.getKeyID() == id;
    }

    boolean hasFingerprint(byte[] fingerprint) {
        return key.hasFingerprint(fingerprint);
    }

    /** Of the primary key: it is what people exchange and revoke. */
    String fingerprint() {
        return hex(primary.getFingerprint());
    }

    /** The name that its owner certified last. */
    String owner() {
        return new SelfSignatures(primary)
                .newestName()
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .orElse("somebody without a name");
    }

    /**
     * What speaks against a signature of this key, as the rest of a sentence.
     *
     * @param now a key that has expired is not believed even for what it claims to have signed
     *     before: whoever has got hold of it can write any date
     */
    Optional<String> fault(PGPSignature signature, byte[] content, Instant now)
            throws PGPException {
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
                || signature.getHashedSubPackets() == null) {
            return Optional.of(" as something else than a commit");
        }
        if (!STRONG.contains(signature.getHashAlgorithm())) {
            return Optional.of(" with a hash that can be forged, such as SHA-1: sign with SHA-256");
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(content);
        if (!signature.verify()) {
            return Optional.of(", but the commit was changed afterwards");
        }
        return new SelfSignatures(primary).fault(key, now).or(() -> expiry(signature, now));
    }

    private static Optional<String> expiry(PGPSignature signature, Instant now) {
        long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
        Instant end = signature.getCreationTime().toInstant().plusSeconds(seconds);
        return seconds == 0 || now.isBefore(end)
                ? Optional.empty()
                : Optional.of(", and the signature expired at " + end);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
