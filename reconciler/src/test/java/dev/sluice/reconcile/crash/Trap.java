// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends this process at a fail-point, as a power switch would: no hook runs, no buffer is written. It
 * does so only while the file {@code armed} is there, and says before where it was, in {@code tale}.
 */
final class Trap {
    static final int KILLED = 137;

    /** Never. */
    static final String NONE = "-";

    private final Path folder;
    private final String where;
    private int passed;

    /** @param where a fail-point, or {@code #3} for the third that is passed, whichever it is */
    Trap(Path folder, String where) {
        this.folder = requireNonNull(folder, "folder is null");
        this.where = requireNonNull(where, "where is null");
    }

    /** Of a controller that never dies and compiles what it stages, as users' controllers do. */
    static final String COMPILING = "never, compiling";

    /** Whether a controller that dies there compiles: it takes seconds, and matters to one step. */
    static boolean compiles(String where) {
        return where.equals(COMPILING) || where.startsWith(StepKind.STAGE.name());
    }

    static String nth(int number) {
        return "#" + number;
    }

    static Path armed(Path folder) {
        return folder.resolve("armed");
    }

    static Path tale(Path folder) {
        return folder.resolve("tale");
    }

    /** Where a process said that it died since this was asked last; {@link #NONE} if none did. */
    static String told(Path folder) throws IOException {
        Path tale = tale(folder);
        String where = Files.exists(tale) ? Files.readString(tale) : NONE;
        Files.deleteIfExists(tale);
        return where;
    }

    /** The process is at this point now. */
    synchronized void at(StepKind kind, Moment moment) {
        if (!Files.exists(armed(folder))) {
            return;
        }
        String point = new FailPoint(kind, moment).toString();
        passed++;
        if (!where.equals(point) && !where.equals(nth(passed))) {
            return;
        }
        try {
            Files.writeString(tale(folder), point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(KILLED);
    }
}
