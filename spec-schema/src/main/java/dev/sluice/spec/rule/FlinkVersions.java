// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import java.util.List;

/** The Flink minor versions a job may ask for, oldest first. */
public final class FlinkVersions {
    public static final List<String> SUPPORTED =
            List.of("1.15", "1.16", "1.17", "1.18", "1.19", "1.20", "2.0", "2.1", "2.2", "2.3");

    private FlinkVersions() {}
}
