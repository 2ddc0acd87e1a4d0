// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import dev.sluice.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A file of our own that the page loads, such as the stylesheet. */
record Asset(String text, String type) {
    /** Reads a file that lies beside this class. */
    static Asset read(String name, String type) {
        try (InputStream stream = Asset.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out the file " + name);
            }
            return new Asset(new String(stream.readAllBytes(), StandardCharsets.UTF_8), type);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the file " + name, failure);
        }
    }

    /** The start of the content's digest: an address that carries it never goes stale. */
    String version() {
        return Digest.of(text).brief();
    }
}
