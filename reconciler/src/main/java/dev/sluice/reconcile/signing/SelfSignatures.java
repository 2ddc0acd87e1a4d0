// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What a primary key says of itself and of its subkeys, as far as its own signatures prove it: names,
 * expiry, use, revocation (RFC 9580, 5.2). Anybody can append a packet to a key, so a packet alone
 * says nothing.
 */
final class SelfSignatures {
    /** A signature that holds, and the name it certifies, if it is about one. */
    private record Statement(PGPSignature signature, Optional<byte[]> name) {}

    private interface Check {
        boolean holds(PGPSignature signature) throws PGPException;
    }

    private final PGPPublicKey primary;

    SelfSignatures(PGPPublicKey primary) {
        this.primary = primary;
    }

    Optional<byte[]> newestName() {
        return names().stream().max(byTime()).flatMap(Statement::name);
    }

    /** What speaks against this key now, as the rest of a sentence; the primary key's fate is shared. */
    Optional<String> fault(PGPPublicKey key, Instant now) {
        if (isStated(
                primary,
                PGPSignature.KEY_REVOCATION,
                signature -> signature.verifyCertification(primary))) {
            return Optional.of(", which has been revoked");
        }
        List<Statement> own = new ArrayList<>(names());
        own.addAll(direct());
        Optional<PGPSignature> statement = own.stream().max(byTime()).map(Statement::signature);
        if (statement.isEmpty()) {
            return Optional.of(", which certifies no name of its own");
        }
        Optional<String> expired = expiry(primary, statement.get(), now);
        if (expired.isPresent() || key.getKeyID() == primary.getKeyID()) {
            return expired.or(() -> use(statement.get()));
        }
        return subkeyFault(key, now);
    }

    private Optional<String> subkeyFault(PGPPublicKey key, Instant now) {
        if (isStated(
                key,
                PGPSignature.SUBKEY_REVOCATION,
                signature -> signature.verifyCertification(primary, key))) {
            return Optional.of(", which has been revoked");
        }
        Optional<PGPSignature> binding = statements(
                        key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING),
                        primary,
                        signature -> signature.verifyCertification(primary, key))
                .max(Comparator.comparing(PGPSignature::getCreationTime));
        if (binding.isEmpty() || !isAcknowledged(binding.get(), key)) {
            return Optional.of(", which its primary key does not own");
        }
        return expiry(key, binding.get(), now).or(() -> use(binding.get()));
    }

    /** The subkey says that it belongs there too: or anybody could claim another's signatures. */
    private boolean isAcknowledged(PGPSignature binding, PGPPublicKey key) {
        try {
            PGPSignatureList embedded = binding.getHashedSubPackets().getEmbeddedSignatures();
            PGPSignatureSubpacketVector loose = binding.getUnhashedSubPackets();
            return Stream.of(embedded, loose.getEmbeddedSignatures())
                    .flatMap(list -> stream(list.iterator()))
                    .filter(back -> back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING)
                    .anyMatch(back ->
                            holds(back, key, self -> self.verifyCertification(primary, key)));
        } catch (PGPException e) {
            return false;
        }
    }

    private static Optional<String> expiry(PGPPublicKey key, PGPSignature statement, Instant now) {
        long seconds = statement.getHashedSubPackets().getKeyExpirationTime();
        Instant end = key.getCreationTime().toInstant().plusSeconds(seconds);
        return seconds == 0 || now.isBefore(end)
                ? Optional.empty()
                : Optional.of(", which expired at " + end);
    }

    private static Optional<String> use(PGPSignature statement) {
        PGPSignatureSubpacketVector packets = statement.getHashedSubPackets();
        boolean isSilent = !packets.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS);
        return isSilent || (packets.getKeyFlags() & KeyFlags.SIGN_DATA) != 0
                ? Optional.empty()
                : Optional.of(", which is not meant for signing");
    }

    /** Names that are certified and not taken back since. */
    private List<Statement> names() {
        return stream(primary.getRawUserIDs()).flatMap(this::certifications).toList();
    }

    private Stream<Statement> certifications(byte[] name) {
        List<PGPSignature> about = statements(
                        primary.getSignaturesForID(name),
                        primary,
                        signature -> signature.verifyCertification(name, primary))
                .toList();
        boolean isRevoked = about.stream()
                .anyMatch(signature ->
                        signature.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION);
        return isRevoked
                ? Stream.empty()
                : about.stream()
                        .filter(PGPSignature::isCertification)
                        .map(signature -> new Statement(signature, Optional.of(name)));
    }

    private List<Statement> direct() {
        return statements(
                        primary.getSignaturesOfType(PGPSignature.DIRECT_KEY),
                        primary,
                        signature -> signature.verifyCertification(primary))
                .map(signature -> new Statement(signature, Optional.empty()))
                .toList();
    }

    private boolean isStated(PGPPublicKey about, int type, Check check) {
        return statements(about.getSignaturesOfType(type), primary, check)
                .findAny()
                .isPresent();
    }

    private static Stream<PGPSignature> statements(
            Iterator<PGPSignature> found, PGPPublicKey by, Check check) {
        return stream(found).filter(signature -> holds(signature, by, check));
    }

    private static boolean holds(PGPSignature signature, PGPPublicKey by, Check check) {
        if (signature.getKeyID() != by.getKeyID() || signature.getHashedSubPackets() == null) {
            return false;
        }
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), by);
            return check.holds(signature);
        } catch (PGPException e) {
            return false;
        }
    }

    private static Comparator<Statement> byTime() {
        return Comparator.comparing(statement -> statement.signature().getCreationTime());
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
