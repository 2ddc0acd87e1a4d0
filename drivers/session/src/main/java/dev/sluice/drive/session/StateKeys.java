// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.rest.FileStateStorage;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Configuration that keeps state where it is found again; no job may change it. */
public final class StateKeys {
    private static final String RETENTION =
            "execution.checkpointing.externalized-checkpoint-retention";

    private StateKeys() {}

    /** The keys by the names that the version knows. */
    public static SortedMap<String, String> of(FlinkRelease release, FileStateStorage storage) {
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put(release.key("execution.checkpointing.dir"), storage.checkpointTarget());
        keys.put(release.key("execution.checkpointing.savepoint-dir"), storage.savepointTarget());
        keys.put(RETENTION, "RETAIN_ON_CANCELLATION");
        return Collections.unmodifiableSortedMap(keys);
    }
}
