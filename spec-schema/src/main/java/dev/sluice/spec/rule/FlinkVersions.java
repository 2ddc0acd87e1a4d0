// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The Flink minor versions a job may ask for: the lines of {@code flink-minors.txt}. */
public final class FlinkVersions {
    /** Oldest first. */
    public static final List<String> SUPPORTED = read();

    private FlinkVersions() {}

    /** Whether Flink itself has per-job mode on YARN: 2.0 removed it (FLINK-26000). */
    public static boolean hasPerJob(String minor) {
        return minor.startsWith("1.");
    }

    private static List<String> read() {
        try (InputStream in = FlinkVersions.class.getResourceAsStream("flink-minors.txt")) {
            if (in == null) {
                throw new IllegalStateException("flink-minors.txt is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
