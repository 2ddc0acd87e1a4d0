// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS from the certificates and keys of a kubeconfig: PEM, keys in any of the three usual forms. */
final class Pem {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (RSA |EC |)PRIVATE KEY-----([^-]*)-----END", Pattern.DOTALL);

    /** DER of the algorithm's name in PKCS #8: rsaEncryption without parameters. */
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");

    /** DER of the tag {@code [0]} that precedes the name of the curve in SEC 1. */
    private static final int CURVE = 0xa0;

    private static final byte[] EC = hex("06072a8648ce3d0201");
    private static final char[] NO_PASSWORD = new char[0];

    private Pem() {}

    /** A client's own certificate and key, as texts. */
    record Identity(String certificate, String key) {
        @Override
        public String toString() {
            return "a certificate";
        }
    }

    static SSLContext context(Optional<String> authorities, Optional<Identity> identity)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] own = identity.isPresent() ? keys(identity.get()) : new KeyManager[0];
            TrustManager[] trusted =
                    authorities.isPresent() ? trust(authorities.get()) : systemTrust();
            context.init(own, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificates of the kubeconfig: " + e, e);
        }
    }

    private static TrustManager[] systemTrust() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }

    private static TrustManager[] trust(String authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int index = 0;
        for (Certificate certificate : certificates(authorities)) {
            store.setCertificateEntry("authority-" + index, certificate);
            index++;
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Identity identity)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        Certificate[] chain = certificates(identity.certificate()).toArray(Certificate[]::new);
        store.setKeyEntry("own", privateKey(identity.key()), NO_PASSWORD, chain);
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static List<? extends Certificate> certificates(String text)
            throws GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        return List.copyOf(found);
    }

    static PrivateKey privateKey(String text) throws GeneralSecurityException, IOException {
        Matcher matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw new IOException("a client key of the kubeconfig is not a PEM private key");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
        return switch (matcher.group(1)) {
            case "RSA " -> key("RSA", wrapped(RSA, bytes));
            case "EC " -> key("EC", wrapped(sequence(0x30, concatenated(EC, curve(bytes))), bytes));
            default -> eitherKey(bytes);
        };
    }

    private static PrivateKey eitherKey(byte[] bytes) throws GeneralSecurityException {
        try {
            return key("RSA", bytes);
        } catch (GeneralSecurityException notRsa) {
            return key("EC", bytes);
        }
    }

    private static PrivateKey key(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    /** PKCS #8: version 0, the algorithm, the key in its own form. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return sequence(0x30, concatenated(hex("020100"), algorithm, sequence(0x04, key)));
    }

    /** The curve's name out of SEC 1: version, key, {@code [0]} with the name. */
    private static byte[] curve(byte[] key) throws IOException {
        for (int at = 0; at + 2 < key.length; at++) {
            if ((key[at] & 0xff) == CURVE && key[at + 2] == 0x06) {
                byte[] name = new byte[key[at + 1]];
                System.arraycopy(key, at + 2, name, 0, name.length);
                return name;
            }
        }
        throw new IOException("the client key of the kubeconfig names no curve");
    }

    private static byte[] sequence(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
