// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.layer;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.yaml.Node;

/** One set of fields and how strong it is. */
public record Layer(Level level, Node.Mapping fields) {
    /** Weakest first; what no layer says is a built-in default. */
    public enum Level {
        REPOSITORY("repository defaults"),
        FLINK_VERSION("Flink version defaults"),
        ENVIRONMENT("environment defaults"),
        TEAM("team defaults"),
        JOB("job"),
        OVERLAY("job's environment overlay");

        private final String words;

        Level(String words) {
            this.words = words;
        }

        /** The name of the layer in texts for people. */
        public String words() {
            return words;
        }
    }

    public Layer {
        requireNonNull(level, "level is null");
        requireNonNull(fields, "fields is null");
    }
}
