// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What TLS trusts and presents. Certificates are always checked, names included: there is no way to
 * switch that off.
 */
public final class Trust {
    private Trust() {}

    /** A PKCS12 file with the client's own key and certificate. */
    public record Identity(Path file, char[] password) {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * Trusts the certificates of a PEM file and no others.
     *
     * @param authorities one or more certificates, PEM
     * @param own presented when the server asks for a certificate
     * @throws IOException with the file and what is wrong with it
     */
    public static SSLContext of(Path authorities, Optional<Identity> own) throws IOException {
        try {
            TrustManagerFactory trusted =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store(authorities));
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = own.isPresent() ? keys(own.get()) : new KeyManager[0];
            context.init(keys, trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + authorities + " for TLS: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(Path authorities) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authorities)) {
            int index = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + index, certificate);
                index++;
            }
            if (index == 0) {
                throw new IOException("no certificate in " + authorities + ": PEM is expected");
            }
        } catch (CertificateException e) {
            throw new IOException("no certificate in " + authorities + ": PEM is expected", e);
        }
        return store;
    }

    private static KeyManager[] keys(Identity own) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(own.file())) {
            store.load(in, own.password());
        } catch (IOException e) {
            throw new IOException("cannot open " + own.file() + ": " + e.getMessage(), e);
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, own.password());
        return keys.getKeyManagers();
    }
}
