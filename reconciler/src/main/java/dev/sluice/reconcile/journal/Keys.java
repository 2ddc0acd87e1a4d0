// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.JobKey;

/** Reads back {@link JobKey#qualified()}: {@code repository:environment:team/name}. */
final class Keys {
    static JobKey read(String qualified) {
        String[] parts = qualified.split("[:/]", -1);
        if (parts.length != 4) {
            throw new IllegalStateException("the journal names a job that is none: " + qualified);
        }
        return new JobKey(parts[0], parts[1], parts[2], parts[3]);
    }

    private Keys() {}
}
