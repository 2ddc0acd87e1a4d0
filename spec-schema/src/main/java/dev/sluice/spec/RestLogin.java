// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a cluster's address asks for. Passwords are names of secrets, never their values.
 *
 * @param password secret of the user's password, present exactly with the user
 * @param caFile PEM file of the certificates to trust instead of Java's own
 * @param keyStore PKCS12 file with what to present; only with {@code caFile}
 * @param keyStorePassword secret of its password, present exactly with the key store
 */
public record RestLogin(
        Optional<String> user,
        Optional<String> password,
        Optional<String> caFile,
        Optional<String> keyStore,
        Optional<String> keyStorePassword) {
    /** An address that asks for nothing. */
    public static final RestLogin NONE = new RestLogin(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public RestLogin {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(caFile, "caFile is null");
        requireNonNull(keyStore, "keyStore is null");
        requireNonNull(keyStorePassword, "keyStorePassword is null");
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("a user goes with a password");
        }
        if (keyStore.isPresent() != keyStorePassword.isPresent()) {
            throw new IllegalArgumentException("a key store goes with a password");
        }
    }
}
