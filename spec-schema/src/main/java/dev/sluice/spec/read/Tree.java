// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import java.util.SortedMap;

/** The files of one commit. Read in memory, never checked out. */
public interface Tree {
    CommitId commit();

    /** Path from the root, with {@code /}, to entry: the whole tree. */
    SortedMap<String, Entry> entries();

    /**
     * The bytes of a file.
     *
     * @param path a key of {@link #entries()} whose kind is FILE
     * @throws TooLarge when the file has more than {@code maximumBytes}; nothing was read then
     */
    byte[] read(String path, int maximumBytes);

    /**
     * One file.
     *
     * @param objectId changes whenever the bytes change; the git blob id, or a digest
     * @param size in bytes
     */
    record Entry(String path, String objectId, Kind kind, long size) {
        public Entry {
            requireNonNull(path, "path is null");
            requireNonNull(objectId, "objectId is null");
            requireNonNull(kind, "kind is null");
        }
    }

    /** What a path of the tree is. */
    enum Kind {
        FILE,
        SYMLINK,
        SUBMODULE
    }

    /** A file has more bytes than the reader is willing to take. */
    final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String path, long size, int maximumBytes) {
            super(path + " has " + size + " bytes, more than " + maximumBytes);
        }
    }
}
