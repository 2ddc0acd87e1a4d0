// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;

/** Knows what references to secrets stand for. */
@FunctionalInterface
public interface SecretSource {
    /**
     * The value of a secret.
     *
     * @throws IOException when there is none; the message never holds a value
     */
    String value(String name) throws IOException;
}
