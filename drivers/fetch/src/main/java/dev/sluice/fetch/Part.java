// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One jar of a program: a line of three words with tabs between them.
 *
 * <p>The digest is SHA-256 in hex; the source is an http(s) address or the path of a file.
 */
final class Part {
    private final String digest;
    private final String name;
    private final String source;

    private Part(String digest, String name, String source) {
        this.digest = digest;
        this.name = name;
        this.source = source;
    }

    /** The program comes first, then what it needs. */
    static List<Part> parse(List<String> lines) {
        List<Part> parts = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            if (words.length != 3 || words[1].indexOf('/') >= 0) {
                throw new IllegalArgumentException("no digest, name and source: " + line);
            }
            parts.add(new Part(words[0], words[1], words[2]));
        }
        return Collections.unmodifiableList(parts);
    }

    String digest() {
        return digest;
    }

    /** Of the file, without a folder. */
    String name() {
        return name;
    }

    String source() {
        return source;
    }
}
