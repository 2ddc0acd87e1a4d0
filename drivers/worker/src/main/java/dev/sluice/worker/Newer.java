// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.util.Optional;

/**
 * What only newer versions of Flink can say. Looked up by name, because this class runs on versions
 * that lack it.
 */
final class Newer {
    private Newer() {}

    /** What the accessor says, a text or an optional text; empty where Flink has no such accessor. */
    static Optional<String> text(Object of, String accessor) {
        try {
            Object said = of.getClass().getMethod(accessor).invoke(of);
            Object value = said instanceof Optional ? ((Optional<?>) said).orElse(null) : said;
            return Optional.ofNullable(value).map(Object::toString);
        } catch (ReflectiveOperationException olderFlink) {
            return Optional.empty();
        }
    }
}
