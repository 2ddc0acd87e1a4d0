// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose commits are believed. The commit that a branch points at is looked at: its tree is what comes
 * into force, so whoever signed it vouches for everything below it.
 *
 * @param allowedSigners a file in the format of {@code ssh-keygen -Y verify}, outside of the watched
 *     repository; without one no signature is looked at
 * @param isRequired a commit not signed by one of them is not followed; else the signer is recorded
 *     where there is one
 */
public record SigningPolicy(Optional<Path> allowedSigners, boolean isRequired) {
    public static final SigningPolicy NONE = new SigningPolicy(Optional.empty(), false);

    public SigningPolicy {
        requireNonNull(allowedSigners, "allowedSigners is null");
    }
}
