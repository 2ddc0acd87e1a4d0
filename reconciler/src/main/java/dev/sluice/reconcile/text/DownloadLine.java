// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.Progress;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows a download: one line that is written over on a terminal, a line for each quarter elsewhere.
 */
public final class DownloadLine implements Progress {
    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final Map<String, Integer> quarters = new HashMap<>();

    /** @param isTerminal whether a line may be written over */
    public DownloadLine(PrintWriter out, boolean isTerminal) {
        this.out = requireNonNull(out, "out is null");
        this.isTerminal = isTerminal;
    }

    @Override
    public synchronized void at(At at) {
        String line = at.what() + ": " + at.files() + " of " + at.allFiles() + " jars, "
                + at.bytes() / MEGABYTE + " of " + at.allBytes() / MEGABYTE + " MB";
        if (isTerminal) {
            out.print("\r  " + line + (at.files() == at.allFiles() ? "\n" : ""));
            out.flush();
            return;
        }
        int quarter = 4 * at.files() / Math.max(1, at.allFiles());
        if (quarter > quarters.getOrDefault(at.what(), -1)) {
            quarters.put(at.what(), quarter);
            out.println("  " + line);
            out.flush();
        }
    }
}
