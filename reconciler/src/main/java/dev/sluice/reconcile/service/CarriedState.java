// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.rest.StateStorage.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Savepoints of other clusters, copied to where Flink of one cluster can read them: below
 * {@code brought/} of its state directory, under the place that they came from. So a path there says of
 * which savepoint it is a copy, whoever made it.
 *
 * <p>A savepoint may be copied because it refers to its files by name alone (FLINK-5763, since Flink
 * 1.11). {@code _metadata} comes last, so a copy that has it is whole.
 */
final class CarriedState {
    private static final String FOLDER = "brought";
    private static final String METADATA = "_metadata";
    private static final Pattern URL =
            Pattern.compile("(hdfs|file):(?://([A-Za-z0-9._:-]*))?(/[A-Za-z0-9._/=+-]+)");
    private static final Pattern COPY = Pattern.compile("(hdfs|file)/([A-Za-z0-9._@-]+)(/.+)");

    /** Stands for a missing host. */
    private static final String NOBODY = "-";

    private final StateFiles here;
    private final FileStateStorage storage;

    CarriedState(StateFiles here) {
        this.here = requireNonNull(here, "here is null");
        this.storage = new FileStateStorage(here);
    }

    /** Whether Flink of this cluster can read the place as it is. */
    boolean isReadable(String url) {
        return here.path(url).isPresent();
    }

    /** Whether the place is below the state directory. */
    boolean owns(String url) {
        return here.owns(url);
    }

    /** Where a savepoint is copied to; empty for a place that no folder can be named after. */
    Optional<String> copy(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches() || url.contains("/../")) {
            return Optional.empty();
        }
        String host = Optional.ofNullable(matcher.group(2))
                .filter(name -> !name.isEmpty())
                .orElse(NOBODY)
                // HDFS takes no colon in a name.
                .replace(':', '@');
        return Optional.of(FOLDER + "/" + matcher.group(1) + "/" + host + matcher.group(3));
    }

    /** The same as Flink shall be told. */
    String url(String copy) {
        return here.url(copy);
    }

    /** Of which place a restored path is a copy; empty when it is none. */
    Optional<String> origin(String restored) {
        String folder = here.url(FOLDER) + "/";
        Optional<String> path = here.path(restored).map(here::url);
        return path.filter(url -> url.startsWith(folder))
                .map(url -> COPY.matcher(url.substring(folder.length())))
                .filter(Matcher::matches)
                .map(CarriedState::origin);
    }

    private static String origin(Matcher copy) {
        String host = copy.group(2).replace('@', ':');
        return copy.group(1) + ":" + (host.equals(NOBODY) ? "" : "//" + host) + copy.group(3);
    }

    /** Whether the copy is whole; unknown when storage does not answer. */
    Presence presence(String copy) {
        return storage.presence(here.url(copy));
    }

    /**
     * Copies what is not there yet.
     *
     * @return false when there is no such savepoint
     */
    boolean bring(StateFiles from, String url, String copy) throws IOException {
        String folder = from.path(url).orElseThrow();
        SortedMap<String, Long> files = new TreeMap<>(from.lengths(folder));
        if (files.remove(METADATA) == null) {
            return false;
        }
        SortedMap<String, Long> there = here.lengths(copy);
        for (Map.Entry<String, Long> file : files.entrySet()) {
            if (!file.getValue().equals(there.get(file.getKey()))) {
                bring(from, folder, copy, file.getKey());
            }
        }
        bring(from, folder, copy, METADATA);
        return true;
    }

    private void bring(StateFiles from, String folder, String copy, String name)
            throws IOException {
        Path half = Files.createTempFile("sluice-state", "");
        try {
            from.fetch(folder + "/" + name, half);
            here.put(half, copy + "/" + name);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
