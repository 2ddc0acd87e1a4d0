// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every broken repository of the corpus is answered with exactly the findings beside it. */
class CorpusTest {
    private static final Path FOLDER = Path.of("src/test/resources/corpus");
    private static final SpecReader READER = new SpecReader();

    @TestFactory
    Stream<DynamicTest> findingsAreThoseOfTheGoldenSection() throws IOException {
        return files().stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    @Test
    void everyFileOfTheFolderIsACase() throws IOException {
        List<Path> others = files().stream()
                .filter(file -> !file.toString().endsWith(".txt"))
                .toList();

        assertEquals(List.of(), others);
        assertTrue(files().size() >= 150, "the corpus has " + files().size() + " cases");
    }

    private static void check(Path file) {
        CorpusCase corpusCase = CorpusCase.read(file);

        CommitReading reading =
                READER.read(corpusCase.over(BaseRepository.tree()), "test", Optional.empty());

        String actual = CorpusCase.print(reading);
        if (Boolean.getBoolean("golden.update")) {
            corpusCase.rewrite(actual);
            return;
        }
        assertEquals(corpusCase.expected(), actual);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }
}
