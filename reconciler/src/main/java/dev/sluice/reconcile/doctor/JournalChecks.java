// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.doctor;

import dev.sluice.reconcile.journal.ChainCheck;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The controller's memory. */
final class JournalChecks {
    private JournalChecks() {}

    static List<Check> of(Path dataDirectory) {
        String subject = "journal " + dataDirectory;
        Path nearest = nearest(dataDirectory);
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            return List.of(Check.failed(
                    subject,
                    nearest + " is no folder that can be written",
                    "make it writable for the user that runs the controller, or name another"
                            + " dataDirectory"));
        }
        if (!Files.exists(dataDirectory.resolve("journal.db"))) {
            return List.of(Check.ok(subject, "there is none yet; the first run makes it"));
        }
        try (Journal journal = Journal.view(dataDirectory)) {
            ChainCheck chain = journal.verifyChain();
            return List.of(
                    chain instanceof ChainCheck.Intact
                            ? Check.ok(subject, "its history is intact")
                            : Check.failed(
                                    subject,
                                    "its history was changed",
                                    "run: sluice journal verify, and restore a backup"));
        } catch (JournalException e) {
            return List.of(Check.failed(
                    subject, e.getMessage(), "run: sluice journal verify; see docs/journal.md"));
        }
    }

    /** The folder itself, else the one in which it would be made. */
    private static Path nearest(Path folder) {
        Path nearest = folder;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }
}
