// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param connect until it accepts a connection
 * @param silence between two pieces of an answer
 * @param file for a whole file, so that a server that drips ends too
 */
record Patience(Duration connect, Duration silence, Duration file) {
    static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(30));

    Patience {
        if (connect.isNegative() || silence.isNegative() || file.isNegative()) {
            throw new IllegalArgumentException("nobody has less than no patience");
        }
    }
}
