// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The few things Sluice does with a cluster's state directory, whatever kind of storage it is on. A
 * path starts at the state directory, has {@code /} between its parts and none in front.
 *
 * <p>Every method throws when storage does not answer, which is never the same as "not there".
 */
public interface StateFiles {
    /** A file as far as it was read. */
    record Head(byte[] bytes, Instant modifiedAt) {}

    /** The path as Flink shall be told, and as it tells it. */
    String url(String path);

    /** The path of a URL of this state directory; empty for any other place. */
    Optional<String> path(String url);

    /** Names of what lies in a folder, in order; none when there is no such folder. */
    List<String> children(String folder) throws IOException;

    /** The first bytes of a file; empty when there is no such file. */
    Optional<Head> head(String file, int bytes) throws IOException;

    /**
     * Makes a file with this content and the folders above it, unless it is there: of several who try
     * at once one succeeds, and nobody ever sees half of it.
     *
     * @return whether this call made it
     */
    boolean create(String file, byte[] content) throws IOException;

    /** Whether a URL lies in this state directory, and not only where it could be read from here. */
    boolean owns(String url);

    /** The length of each file in a folder, by name; none when there is no such folder. */
    SortedMap<String, Long> lengths(String folder) throws IOException;

    /** Copies a file of this state directory to this machine, over what is there. */
    void fetch(String file, Path to) throws IOException;

    /** Copies a file of this machine here, over what is there; it appears when it is whole. */
    void put(Path from, String file) throws IOException;
}
