// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The way to an API server. Its text never holds a secret.
 *
 * @param server without a slash at the end
 * @param token sent as it is
 * @param tokenFile read for each call, because a pod's own token is replaced every hour
 */
public record KubeAccess(
        URI server, Optional<SSLContext> tls, Optional<String> token, Optional<Path> tokenFile) {
    public KubeAccess {
        server = URI.create(server.toString().replaceFirst("/+$", ""));
        requireNonNull(tls, "tls is null");
        requireNonNull(token, "token is null");
        requireNonNull(tokenFile, "tokenFile is null");
    }

    /** The value of the header, when one is sent. */
    Optional<String> authorization() throws IOException {
        Optional<String> value =
                tokenFile.isPresent() ? Optional.of(Files.readString(tokenFile.get())) : token;
        return value.map(text -> "Bearer " + text.strip());
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
