// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How git hosts prove that a message is theirs, compared in constant time: an HMAC-SHA256 of the body
 * (GitHub, Gitea, Forgejo, Bitbucket) or the secret itself (GitLab).
 */
final class HookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";
    private static final int SHORTEST = 16;

    private final Path secretFile;

    HookSignature(Path secretFile) {
        this.secretFile = secretFile;
    }

    /** Whether a message claims to be signed at all; if not, its body need not be read. */
    static boolean isThere(Function<String, Optional<String>> header) {
        return mac(header).isPresent() || header.apply("X-Gitlab-Token").isPresent();
    }

    /**
     * Whether the message was sent by somebody who knows the secret.
     *
     * @throws IOException when there is no usable secret; nobody is believed then
     */
    boolean isGenuine(Function<String, Optional<String>> header, byte[] body) throws IOException {
        byte[] secret = secret();
        Optional<String> mac = mac(header);
        if (mac.isPresent()) {
            String expected = HexFormat.of().formatHex(hash(secret, body));
            return isEqual(expected.getBytes(UTF_8), mac.get().getBytes(UTF_8));
        }
        return header.apply("X-Gitlab-Token")
                .filter(token -> isEqual(secret, token.getBytes(UTF_8)))
                .isPresent();
    }

    private static Optional<String> mac(Function<String, Optional<String>> header) {
        Optional<String> hub = header.apply("X-Hub-Signature-256")
                .or(() -> header.apply("X-Hub-Signature"))
                .filter(value -> value.startsWith(PREFIX))
                .map(value -> value.substring(PREFIX.length()));
        return hub.or(() -> header.apply("X-Gitea-Signature"));
    }

    /** Hashes of both, so that not even the length of the secret shows in the time it takes. */
    private static boolean isEqual(byte[] expected, byte[] found) {
        return MessageDigest.isEqual(hash(new byte[] {1}, expected), hash(new byte[] {1}, found));
    }

    private byte[] secret() throws IOException {
        String secret = Files.readString(secretFile, UTF_8).strip();
        if (secret.length() < SHORTEST) {
            throw new IOException(secretFile + " holds fewer than " + SHORTEST + " characters");
        }
        return secret.getBytes(UTF_8);
    }

    private static byte[] hash(byte[] secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
