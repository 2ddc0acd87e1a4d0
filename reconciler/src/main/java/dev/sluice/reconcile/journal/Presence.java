// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import java.nio.file.Path;

/** Whether somebody acts on a data directory, without opening its journal. */
public final class Presence {
    private Presence() {}

    /** True while a process of this kernel holds the lock file of a controller that leads. */
    public static boolean isControllerRunning(Path dataDirectory) {
        try (ProcessLock lock = new ProcessLock(new JournalFiles(dataDirectory).lock())) {
            return !lock.tryHold();
        }
    }
}
