// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.testing.MemoryTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Input that is meant to hurt is answered in bounded time with one finding in the right place. */
class BombTest {
    private static final SpecReader READER = new SpecReader();
    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    void billionLaughsStopAtTheAliasThatGoesTooFar() {
        StringBuilder bomb =
                new StringBuilder(BaseRepository.JOB).append("links:\n  a0: &a0 [lol]\n");
        for (int i = 1; i <= 9; i++) {
            String above = "*a" + (i - 1);
            bomb.append("  a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append((above + ", ").repeat(9))
                    .append(above)
                    .append("]\n");
        }

        SpecError finding = only(read(bomb.toString()));

        assertEquals("too-large", finding.rule());
        assertEquals(15, finding.location().line());
    }

    @Test
    void doublingThroughAFewAliasesStopsToo() {
        StringBuilder bomb =
                new StringBuilder(BaseRepository.JOB).append("links:\n  a0: &a0 [lol]\n");
        for (int i = 1; i <= 40; i++) {
            String above = "*a" + (i - 1);
            bomb.append("  a" + i + ": &a" + i + " [" + above + ", " + above + "]\n");
        }

        assertEquals("too-large", only(read(bomb.toString())).rule());
    }

    @Test
    void tenThousandLevelsStopAtTheFirstThatIsTooDeep() {
        SpecError finding = only(read(BaseRepository.JOB + "links: " + "[".repeat(10_000)));

        assertEquals("too-deep", finding.rule());
        assertEquals("jobs/payments/orders/job.yaml:9:47", finding.location().toString());
    }

    @Test
    void tenThousandNestedMapsStop() {
        assertEquals(
                "too-deep",
                only(read(BaseRepository.JOB + "links: " + "{a: ".repeat(10_000)))
                        .rule());
    }

    @Test
    void fiveMegabytesAreNotEvenRead() {
        assertEquals(
                "file-too-large",
                only(read(BaseRepository.JOB + "# " + "x".repeat(5_000_000))).rule());
    }

    @Test
    void aGigabyteIsRefusedByItsSize() {
        MemoryTree tree = BaseRepository.tree()
                .with(new Tree.Entry(BaseRepository.SQL_FILE, "huge", Tree.Kind.FILE, 1L << 30));

        SpecError finding = only(read(tree));

        assertEquals("file-too-large", finding.rule());
        assertTrue(finding.message().contains("1073741824"), finding.message());
    }

    @Test
    void aTreeThatFindsTheSizeOnlyWhenReadingIsBelieved() {
        Tree tree = new SizelessTree(BaseRepository.tree());

        CommitReading reading = READER.read(tree, "test", Optional.empty());

        assertEquals("file-too-large", only(reading).rule());
    }

    @Test
    void aQuarterMegabyteOfFlowListsIsBoundedInTime() {
        read(BaseRepository.JOB + "dependsOn: [" + "a,".repeat(120_000) + "a]\n");
    }

    @Test
    void aMegabyteOfReferencesIsBoundedInTime() {
        String sql = "INSERT INTO a SELECT '" + "${a}".repeat(200_000) + "' FROM b;\n";
        MemoryTree tree = BaseRepository.tree()
                .with(
                        BaseRepository.JOB_FILE,
                        BaseRepository.JOB + "variables: {a: \"" + "x".repeat(60_000) + "\"}\n")
                .with(BaseRepository.SQL_FILE, sql);

        assertEquals("too-large", read(tree).findings().get(0).rule());
    }

    @Test
    void anUnclosedReferenceAfterTheOtherIsBoundedInTime() {
        String sql = "INSERT INTO a SELECT '" + "${".repeat(250_000) + "' FROM b;\n";

        List<SpecError> findings =
                read(BaseRepository.tree().with(BaseRepository.SQL_FILE, sql)).findings();

        assertTrue(findings.size() <= 501, "so many: " + findings.size());
    }

    @Test
    void variablesThatDoubleEachOtherStop() {
        StringBuilder job = new StringBuilder(BaseRepository.JOB)
                .append("owner: ${v40}\nvariables:\n  v0: xxxxxxxxxx\n");
        for (int i = 1; i <= 40; i++) {
            job.append("  v" + i + ": ${v" + (i - 1) + "}${v" + (i - 1) + "}\n");
        }

        assertEquals("long-variable", only(read(job.toString())).rule());
    }

    @Test
    void aNumberWithManyDigitsIsANumberThatDoesNotFit() {
        String digits = "9".repeat(60);

        assertEquals(
                "wrong-value",
                only(read(BaseRepository.JOB + "resources: {parallelism: " + digits + "}\n"))
                        .rule());
        assertEquals(
                "wrong-type",
                only(read(BaseRepository.JOB + "resources: {parallelism: 1e999999999}\n"))
                        .rule());
    }

    @Test
    void aNulByteIsToldWithItsPlace() {
        SpecError finding = only(read(BaseRepository.JOB + "owner: a\0b\n"));

        assertEquals("control-character", finding.rule());
        assertEquals("jobs/payments/orders/job.yaml:9:9", finding.location().toString());
    }

    @Test
    void bytesThatAreNotUtf8AreToldWithTheirPlace() {
        byte[] bytes =
                (BaseRepository.JOB + "owner: M\u00fcller\n").getBytes(StandardCharsets.ISO_8859_1);

        SpecError finding = only(read(BaseRepository.tree().with(BaseRepository.JOB_FILE, bytes)));

        assertEquals("not-utf8", finding.rule());
        assertEquals("jobs/payments/orders/job.yaml:9:9", finding.location().toString());
    }

    @Test
    void utf16IsNotUtf8() {
        byte[] bytes = BaseRepository.JOB.getBytes(StandardCharsets.UTF_16);

        assertEquals(
                "not-utf8",
                only(read(BaseRepository.tree().with(BaseRepository.JOB_FILE, bytes)))
                        .rule());
    }

    @Test
    void byteOrderMarkAndCarriageReturnsChangeNothing() {
        MemoryTree windows = BaseRepository.tree()
                .with(BaseRepository.JOB_FILE, "\uFEFF" + BaseRepository.JOB.replace("\n", "\r\n"))
                .with(BaseRepository.SQL_FILE, "\uFEFF" + BaseRepository.SQL.replace("\n", "\r\n"));

        CommitReading reading = read(windows);

        assertEquals(List.of(), reading.findings());
        assertEquals(read(BaseRepository.tree()).jobs(), reading.jobs());
    }

    @Test
    void oneBrokenFileAmongManyHoldsBackItsJobOnly() {
        MemoryTree tree = BaseRepository.tree();
        for (int i = 0; i < 50; i++) {
            String job = BaseRepository.JOB.replace("name: orders", "name: job-" + i);
            tree = tree.with("jobs/many/" + i + "/job.yaml", job + (i == 25 ? "x: [" : ""))
                    .with("jobs/many/" + i + "/job.sql", BaseRepository.SQL);
        }

        CommitReading reading = read(tree);

        assertEquals(50, reading.jobs().size());
        assertEquals(
                List.of("job-25"),
                reading.invalid().keySet().stream().map(key -> key.name()).toList());
        assertTrue(reading.absenceIsCertain());
    }

    private static CommitReading read(String job) {
        return read(BaseRepository.tree().with(BaseRepository.JOB_FILE, job));
    }

    private static CommitReading read(Tree tree) {
        return assertTimeout(BOUND, () -> READER.read(tree, "test", Optional.empty()));
    }

    private static SpecError only(CommitReading reading) {
        assertEquals(1, reading.findings().size(), () -> reading.findings().toString());
        return reading.findings().get(0);
    }

    /** Claims that every file is small and finds out otherwise. */
    private record SizelessTree(MemoryTree tree) implements Tree {
        @Override
        public CommitId commit() {
            return tree.commit();
        }

        @Override
        public SortedMap<String, Entry> entries() {
            return tree.entries();
        }

        @Override
        public byte[] read(String path, int maximumBytes) {
            if (path.equals(BaseRepository.SQL_FILE)) {
                throw new TooLarge(path, 1L << 30, maximumBytes);
            }
            return tree.read(path, maximumBytes);
        }
    }
}
