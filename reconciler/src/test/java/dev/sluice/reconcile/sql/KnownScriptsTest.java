// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flink has taken once need not be asked again. */
class KnownScriptsTest {
    @TempDir
    Path folder;

    @Test
    void aScriptThatWasTakenIsKnownToTheNextRun() throws Exception {
        KnownScripts first = KnownScripts.of(file());
        first.add("INSERT 1");
        first.save();

        KnownScripts next = KnownScripts.of(file());

        assertTrue(next.has("INSERT 1"));
        assertFalse(next.has("INSERT 2"));
        assertFalse(Files.readString(file()).contains("INSERT"));
    }

    @Test
    void whatThisRunAskedForComesFirst() throws Exception {
        Files.createDirectories(file().getParent());
        KnownScripts first = KnownScripts.of(file());
        first.add("a");
        first.add("b");
        first.save();
        List<String> before = Files.readAllLines(file());
        KnownScripts next = KnownScripts.of(file());
        next.has("b");
        next.add("c");

        next.save();

        List<String> after = Files.readAllLines(file());
        assertEquals(List.of(before.get(1), before.get(0)), List.of(after.get(0), after.get(2)));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoFailure() throws Exception {
        Files.createFile(folder.resolve("sql"));
        KnownScripts known = KnownScripts.of(file());
        known.add("a");

        known.save();

        assertFalse(KnownScripts.of(file()).has("a"));
    }

    private Path file() {
        return folder.resolve("sql/1.20.txt");
    }
}
