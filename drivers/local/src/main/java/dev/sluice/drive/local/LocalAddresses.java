// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where the session clusters of a directory answer, without looking after them. */
public final class LocalAddresses {
    private static final String PREFIX = "flink-";

    private LocalAddresses() {}

    /**
     * Flink minor version to the address of its JobManager, as it is remembered.
     *
     * @param directory of {@link LocalOptions#directory()}
     */
    public static SortedMap<String, URI> of(Path directory) throws IOException {
        TreeMap<String, URI> addresses = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return addresses;
        }
        try (Stream<Path> children = Files.list(directory)) {
            List<Path> folders = children.filter(
                            child -> child.getFileName().toString().startsWith(PREFIX))
                    .toList();
            for (Path folder : folders) {
                Optional<ClusterFile> file = new ClusterFolder(folder).session().read();
                file.ifPresent(known -> addresses.put(
                        known.flink(),
                        URI.create("http://127.0.0.1:" + known.ports().rest())));
            }
        }
        return Collections.unmodifiableSortedMap(addresses);
    }
}
