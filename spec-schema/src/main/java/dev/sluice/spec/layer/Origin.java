// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.layer;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.SourceLocation;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a leaf of an effective specification comes from.
 *
 * @param written the value as the file has it, variables and secrets still references
 * @param overrode what a weaker layer had said
 */
public record Origin(
        SourceLocation at, Layer.Level level, String written, Optional<Origin> overrode) {
    public Origin {
        requireNonNull(at, "at is null");
        requireNonNull(level, "level is null");
        requireNonNull(written, "written is null");
        requireNonNull(overrode, "overrode is null");
    }

    /** This origin, what it overrode, what that had overridden, and so on. */
    public Stream<Origin> chain() {
        return Stream.concat(Stream.of(this), overrode.stream().flatMap(Origin::chain));
    }
}
