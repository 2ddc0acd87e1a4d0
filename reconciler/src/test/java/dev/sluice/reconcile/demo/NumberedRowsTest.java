// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness of the demo finds what it is there to find. */
class NumberedRowsTest {
    @TempDir
    Path folder;

    @Test
    void rowsThatCountOnHaveNoFlawInWhateverOrderTheyWereWritten() throws IOException {
        write("part-0", "1,2,x", "2,1,x");
        write("part-1", "1,1,x", "1,3,x");

        assertEquals(List.of(), new NumberedRows(folder).flaws());
        assertEquals(4, new NumberedRows(folder).count());
    }

    @Test
    void aGapIsFound() throws IOException {
        write("part-0", "1,1,x", "1,3,x");

        assertEquals(List.of("key 1 has 3 where 2 belongs"), new NumberedRows(folder).flaws());
    }

    @Test
    void aRepetitionIsFound() throws IOException {
        write("part-0", "1,1,x", "1,2,x", "1,2,x", "1,3,x");

        assertEquals(List.of("key 1 has 2 where 3 belongs"), new NumberedRows(folder).flaws());
    }

    @Test
    void aRestartFromOneIsFound() throws IOException {
        write("part-0", "1,1,x", "1,2,x");
        write("part-1", "1,1,x", "2,1,x");

        assertEquals(List.of("key 1 has 1 where 2 belongs"), new NumberedRows(folder).flaws());
    }

    @Test
    void aMissingBeginningIsFound() throws IOException {
        write("part-0", "1,2,x", "1,3,x");

        assertEquals(List.of("key 1 has 2 where 1 belongs"), new NumberedRows(folder).flaws());
    }

    @Test
    void eachKeyTellsItsFirstFlawOnly() throws IOException {
        write("part-0", "1,2,x", "1,4,x", "2,7,x");

        assertEquals(2, new NumberedRows(folder).flaws().size());
    }

    @Test
    void whatIsNotCommittedDoesNotCount() throws IOException {
        write(".part-0.inprogress", "1,1,x");

        assertEquals(0, new NumberedRows(folder).count());
    }

    @Test
    void beforeTheFirstRowThereIsNothingWrong() throws IOException {
        NumberedRows none = new NumberedRows(folder.resolve("none"));

        assertEquals(0, none.count());
        assertEquals(List.of(), none.flaws());
    }

    private void write(String file, String... rows) throws IOException {
        Files.write(folder.resolve(file), List.of(rows));
    }
}
