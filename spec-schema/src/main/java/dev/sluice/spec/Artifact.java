// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something to be fetched: Maven coordinates {@code group:artifact:version}, a path in the tree, or a URL.
 *
 * @param digest from the lock file; the digest, not the coordinate, is the artifact's identity
 */
public record Artifact(String coordinate, Optional<Digest> digest) {
    public Artifact {
        requireNonNull(coordinate, "coordinate is null");
        requireNonNull(digest, "digest is null");
    }

    @Override
    public String toString() {
        return coordinate + digest.map(sha -> "@sha256:" + sha.brief()).orElse("");
    }
}
