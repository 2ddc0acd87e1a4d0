// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which functions and key words an effective script uses outside of quotes. */
public final class SqlWords {
    private SqlWords() {}

    /**
     * Those of the words that the script uses.
     *
     * @param wanted upper case; several words with blanks between them must follow each other
     */
    public static SortedSet<String> used(String script, Collection<String> wanted) {
        SortedSet<String> used = new TreeSet<>();
        for (SqlStatement statement : SqlStatement.split(script)) {
            wanted.stream()
                    .filter(words ->
                            Collections.indexOfSubList(statement.words(), List.of(words.split(" ")))
                                    >= 0)
                    .forEach(used::add);
        }
        return used;
    }
}
