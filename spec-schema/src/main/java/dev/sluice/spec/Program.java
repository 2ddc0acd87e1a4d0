// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What a job runs: exactly one of a SQL script, a jar, a Python script. */
public sealed interface Program {
    /**
     * A SQL script that becomes one Flink job.
     *
     * @param file path from the root of the tree
     * @param text the effective SQL, variables substituted, secrets still references
     */
    record Sql(String file, String text) implements Program {
        public Sql {
            requireNonNull(file, "file is null");
            requireNonNull(text, "text is null");
        }
    }

    /** A jar with a main class; without one, the manifest of the jar names it. */
    record Jar(Artifact artifact, Optional<String> mainClass, List<String> args)
            implements Program {
        public Jar {
            requireNonNull(artifact, "artifact is null");
            requireNonNull(mainClass, "mainClass is null");
            args = List.copyOf(args);
        }
    }

    /**
     * A Python script. Described, not yet run by any driver.
     *
     * @param digest of the script's bytes
     */
    record Python(String file, Digest digest, List<String> args) implements Program {
        public Python {
            requireNonNull(file, "file is null");
            requireNonNull(digest, "digest is null");
            args = List.copyOf(args);
        }
    }
}
