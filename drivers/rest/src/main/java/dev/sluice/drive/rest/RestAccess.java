// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The way to a JobManager: its address, and what a proxy in front of it asks for, because Flink itself
 * knows no users. Its text never holds the password.
 *
 * @param base such as {@code https://flink.example.com/team}, without a slash at the end
 * @param authorization the header's value
 * @param tls what is trusted and presented; empty for what Java trusts
 */
public record RestAccess(URI base, Optional<String> authorization, Optional<SSLContext> tls) {
    public RestAccess {
        requireNonNull(base, "base is null");
        requireNonNull(authorization, "authorization is null");
        requireNonNull(tls, "tls is null");
        if (base.getRawUserInfo() != null || base.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "an address has no user, password or query; name user and password apart");
        }
        base = URI.create(base.toString().replaceFirst("/+$", ""));
    }

    public static RestAccess of(URI base) {
        return new RestAccess(base, Optional.empty(), Optional.empty());
    }

    /** With a name and password for HTTP's basic scheme. */
    public RestAccess withPassword(String user, String password) {
        String pair = user + ":" + password;
        String value = "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return new RestAccess(base, Optional.of(value), tls);
    }

    public RestAccess withTls(SSLContext context) {
        return new RestAccess(base, authorization, Optional.of(context));
    }

    /** The address of a path of the interface, which starts with a slash. */
    URI at(String path) {
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return base + (authorization.isPresent() ? " with a password" : "");
    }
}
