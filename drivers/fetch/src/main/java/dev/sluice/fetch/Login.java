// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Who asks: credentials for one origin, which no other is ever shown. */
final class Login {
    private final String origin;
    private final Optional<String> authorization;

    private Login(String origin, Optional<String> authorization) {
        this.origin = origin;
        this.authorization = authorization;
    }

    /**
     * As the process is told: {@code SLUICE_FETCH_ORIGIN} is an address, {@code SLUICE_FETCH_token}, or
     * {@code SLUICE_FETCH_username} and {@code SLUICE_FETCH_password}, are keys of a secret.
     */
    static Login of(Map<String, String> environment) {
        String token = environment.getOrDefault("SLUICE_FETCH_token", "").trim();
        String user = environment.getOrDefault("SLUICE_FETCH_username", "").trim();
        String password = environment.getOrDefault("SLUICE_FETCH_password", "").trim();
        Optional<String> authorization = Optional.empty();
        if (!token.isEmpty()) {
            authorization = Optional.of("Bearer " + token);
        } else if (!user.isEmpty()) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return new Login(environment.getOrDefault("SLUICE_FETCH_ORIGIN", ""), authorization);
    }

    /** What to say to an address. */
    Optional<String> authorization(URL address) {
        return origin(address).equals(origin) ? authorization : Optional.empty();
    }

    /** Scheme, host and port. */
    static String origin(URL address) {
        int port = address.getPort() < 0 ? address.getDefaultPort() : address.getPort();
        return address.getProtocol() + "://" + address.getHost() + ":" + port;
    }
}
