// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.sig.IssuerFingerprint;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;

/**
 * The OpenPGP keys of one file. JGit's own verifier reads only the key ring of the user it runs as,
 * and asks for no revocation; so the file is read and judged here, with the library it uses.
 */
final class OpenPgpKeyring {
    /** Several armored keys in a row are as good as one: {@code cat ann.asc bob.asc}. */
    private static final Pattern NEXT_ARMOR =
            Pattern.compile("(?m)^(?=-----BEGIN PGP PUBLIC KEY BLOCK-----)");

    private final Path file;
    private final List<OpenPgpKey> keys;

    private OpenPgpKeyring(Path file, List<OpenPgpKey> keys) {
        this.file = file;
        this.keys = List.copyOf(keys);
    }

    /** @throws IOException with a text for people when the file is no key ring */
    static OpenPgpKeyring read(Path file) throws IOException {
        List<OpenPgpKey> keys = new ArrayList<>();
        try {
            String bytes = Files.readString(file, ISO_8859_1);
            for (String part : NEXT_ARMOR.split(bytes)) {
                keys.addAll(keys(part.getBytes(ISO_8859_1)));
            }
        } catch (PGPException | RuntimeException e) {
            throw unreadable(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (keys.isEmpty()) {
            throw unreadable(file, new IOException("no key in it"));
        }
        return new OpenPgpKeyring(file, keys);
    }

    private static IOException unreadable(Path file, Exception cause) {
        return new IOException(
                "the OpenPGP keys in " + file + " cannot be read (" + cause.getMessage()
                        + "): write them with gpg --armor --export",
                cause);
    }

    private static List<OpenPgpKey> keys(byte[] part) throws IOException, PGPException {
        List<OpenPgpKey> keys = new ArrayList<>();
        BcPGPPublicKeyRingCollection rings = new BcPGPPublicKeyRingCollection(
                PGPUtil.getDecoderStream(new ByteArrayInputStream(part)));
        for (PGPPublicKeyRing ring : rings) {
            ring.forEach(key -> keys.add(new OpenPgpKey(ring.getPublicKey(), key)));
        }
        return keys;
    }

    Finding look(SignedBytes signed, Instant now) {
        try {
            PGPSignature signature = only(signed.armor());
            Optional<OpenPgpKey> key = signer(signature);
            if (key.isEmpty()) {
                return Finding.fault("it is signed by the OpenPGP key " + issuer(signature)
                        + ", which is not in " + file);
            }
            return key.get()
                    .fault(signature, signed.content(), now)
                    .map(fault -> Finding.fault(
                            "it is signed by the OpenPGP key " + issuer(signature) + fault))
                    .orElseGet(
                            () -> Finding.signedBy(key.get().owner(), key.get().fingerprint()));
        } catch (IOException | PGPException e) {
            return Finding.fault("its OpenPGP signature cannot be read: " + e.getMessage());
        }
    }

    /** As git: of several signatures nobody could say which one counts. */
    private static PGPSignature only(byte[] armor) throws IOException {
        Object found = new BcPGPObjectFactory(
                        PGPUtil.getDecoderStream(new ByteArrayInputStream(armor)))
                .nextObject();
        if (found instanceof PGPSignatureList list && list.size() == 1) {
            return list.get(0);
        }
        throw new IOException("there is not exactly one signature");
    }

    private Optional<OpenPgpKey> signer(PGPSignature signature) {
        Stream<OpenPgpKey> candidates =
                keys.stream().filter(key -> key.hasId(signature.getKeyID()));
        return fingerprint(signature)
                .map(print -> candidates.filter(key -> key.hasFingerprint(print)))
                .orElse(candidates)
                .findFirst();
    }

    private static Optional<byte[]> fingerprint(PGPSignature signature) {
        return Optional.ofNullable(signature.getHashedSubPackets())
                .map(packets -> packets.getIssuerFingerprint())
                .map(IssuerFingerprint::getFingerprint);
    }

    private static String issuer(PGPSignature signature) {
        return fingerprint(signature)
                .map(OpenPgpKey::hex)
                .orElseGet(() -> String.format("%016X", signature.getKeyID()));
    }
}
