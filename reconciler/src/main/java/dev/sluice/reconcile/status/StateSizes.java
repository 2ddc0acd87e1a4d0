// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How large state on this machine's storage is. What an incremental checkpoint shares with others
 * lies beside it and does not count.
 */
public final class StateSizes {
    private static final String SCHEME = "file:";
    private static final long UNIT = 1_000;

    /** Whether the state is where the pointer says. */
    public enum Presence {
        PRESENT,
        MISSING,
        /** On storage that cannot be seen from here. */
        UNKNOWN
    }

    /** @param bytes of the files in the pointer's own folder, where they can be read */
    public record Size(Presence presence, OptionalLong bytes) {}

    private StateSizes() {}

    /** Looks at the folder of a pointer. */
    public static Size of(String path) {
        if (!path.startsWith(SCHEME) && !path.startsWith("/")) {
            return new Size(Presence.UNKNOWN, OptionalLong.empty());
        }
        Path folder = Path.of(
                path.startsWith(SCHEME)
                        ? path.substring(SCHEME.length()).replaceFirst("^/+", "/")
                        : path);
        if (!Files.exists(folder)) {
            return new Size(Presence.MISSING, OptionalLong.empty());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return new Size(
                    Presence.PRESENT,
                    OptionalLong.of(files.mapToLong(StateSizes::bytes).sum()));
        } catch (IOException | UncheckedIOException e) {
            return new Size(Presence.UNKNOWN, OptionalLong.empty());
        }
    }

    /** For tables: {@code 12.3 MB}, {@code missing}, or a dash where nobody can tell. */
    public static String text(Size size) {
        if (size.presence() == Presence.MISSING) {
            return "missing";
        }
        return size.bytes().isPresent() ? text(size.bytes().getAsLong()) : "-";
    }

    private static String text(long bytes) {
        if (bytes < UNIT) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= UNIT && unit < 3) {
            amount /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %sB", amount, "kMGT".charAt(unit));
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
