// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The kinds of files of a job repository; each has a schema. */
public enum DocumentKind {
    REPOSITORY,
    ENVIRONMENT,
    VARIABLES,
    ALLOWANCES,
    POLICY,
    TEAM,
    JOB,
    LOCK;

    /** The word for it on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The published schema, as JSON. */
    public String schema() {
        String resource = "/dev/sluice/spec/schema/" + word() + ".json";
        try (InputStream stream = DocumentKind.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
