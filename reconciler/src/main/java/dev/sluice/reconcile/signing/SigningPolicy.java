// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose commits are believed, and which are looked at. Both files lie outside of the watched
 * repository, or a commit could name its own signer; they are read anew for every look.
 *
 * @param allowedSigners SSH keys, in the format of {@code ssh-keygen -Y verify}
 * @param openPgpKeyring OpenPGP keys, as {@code gpg --export} writes them, with or without armor;
 *     every key in it is believed
 * @param isRequired commits that are not signed by one of these keys are not followed; else the
 *     signer is recorded where there is one
 * @param reach which commits must be signed
 */
public record SigningPolicy(
        Optional<Path> allowedSigners,
        Optional<Path> openPgpKeyring,
        boolean isRequired,
        Reach reach) {
    /** Nobody looks at signatures. */
    public static final SigningPolicy NONE =
            new SigningPolicy(Optional.empty(), Optional.empty(), false, Reach.ALL);

    /** Which of the commits that a fetch brought are looked at. */
    public enum Reach {
        /** Every commit that the branch gained: nobody's work is vouched for by others. */
        ALL,
        /** The commits of the branch itself: who signs a merge vouches for what it brings in. */
        FIRST_PARENT,
        /** The commit that the branch points at: who signs it vouches for all below. */
        HEAD
    }

    public SigningPolicy {
        requireNonNull(allowedSigners, "allowedSigners is null");
        requireNonNull(openPgpKeyring, "openPgpKeyring is null");
        requireNonNull(reach, "reach is null");
    }

    /** Whether signatures are looked at. */
    public boolean isLookedAt() {
        return !files().isEmpty();
    }

    /** The files that name the keys, for people. */
    public List<Path> files() {
        return Stream.of(allowedSigners, openPgpKeyring)
                .flatMap(Optional::stream)
                .toList();
    }
}
