// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void save() {
        JobsRepository jobs = new JobsRepository(directory.resolve("jobs.git"));
        jobs.commit(Map.of(JobsRepository.VARIABLES, JobsRepository.variables("two:9092")));
        file = directory.resolve("saved.plan");
        Sluice saved = Sluice.run(
                "plan",
                "-C",
                jobs.bare(),
                "-e",
                "test",
                "--base",
                "begin",
                "--head",
                "main",
                "--out",
                file);
        assertEquals(0, saved.code(), saved.err());
    }

    @Test
    void aSavedPlanIsMadeAgainByteForByteEveryTime() {
        Sluice first = Sluice.run("replay", file);
        Sluice second = Sluice.run("replay", file);

        assertEquals(0, first.code(), first.out() + first.err());
        assertEquals(first, second);
    }

    @Test
    void theFileHoldsThePlanAsJson() throws IOException {
        List<String> lines = Files.readAllLines(file);

        assertEquals(4, lines.size());
        assertTrue(lines.get(0).contains("\"formatVersion\":1"), lines.get(0));
        assertTrue(lines.get(3).startsWith("{\"formatVersion\":1,\"id\":"), lines.get(3));
    }

    @Test
    void aChangedInputThatChangesThePlanIsToldWithItsPlace() throws IOException {
        change("\"wanted\":{\"desired\":\"Specified\"", "\"wanted\":{\"desired\":\"Removed\"");
        Sluice broken = Sluice.run("replay", file);
        save();
        change("\"around\":{\"due\":null", "\"around\":{\"due\":\"2026-01-01T00:00:00Z\"");
        Sluice unnoticed = Sluice.run("replay", file);
        save();
        change(
                "\"shared\":[{\"variable\":\"kafka.brokers\"",
                "\"shared\":[{\"variable\":\"other\"");
        Sluice noticed = Sluice.run("replay", file);

        assertEquals(List.of(3, 3, 3), List.of(broken.code(), unnoticed.code(), noticed.code()));
        assertTrue(broken.out().contains("the inputs cannot be read"), broken.out());
        assertEquals("the inputs are not those that were saved\n", unnoticed.out());
        assertTrue(
                noticed.out()
                        .contains("/shared/0/variable: saved \"kafka.brokers\", made again"
                                + " \"other\""),
                noticed.out());
    }

    @Test
    void aChangedSpecificationIsToldThough() throws IOException {
        change("two:9092", "six:9092");

        Sluice run = Sluice.run("replay", file);

        assertEquals(3, run.code());
        assertTrue(run.out().contains("is missing or was changed"), run.out());
    }

    @Test
    void aChangedPlanIsToldByJobAndField() throws IOException {
        change("\"state\":\"stop with savepoint", "\"state\":\"start empty");

        Sluice run = Sluice.run("replay", file);

        assertEquals(3, run.code());
        assertTrue(
                run.out().startsWith("/jobs/payments/clicks/state: saved \"start empty"),
                run.out());
    }

    @Test
    void equalMeaningInOtherBytesIsADifference() throws IOException {
        change("\"hasChanges\":true", "\"hasChanges\": true");

        Sluice run = Sluice.run("replay", file);

        assertEquals(3, run.code());
        assertEquals("the plans say the same in different bytes\n", run.out());
    }

    @Test
    void whatIsNoPlanIsWrongInput() throws IOException {
        Path other = directory.resolve("other");
        for (String text : List.of("", "\n\n\n\n", "{}\n{}\n{}\n{}\n", "null\n\n\n\n", "hello")) {
            Files.writeString(other, text);

            assertEquals(1, Sluice.run("replay", other).code(), text);
        }
        Files.write(other, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(1, Sluice.run("replay", other).code());
        assertEquals(1, Sluice.run("replay", directory).code());
        change("\"formatVersion\":1,\"inputs\"", "\"formatVersion\":2,\"inputs\"");
        assertEquals(1, Sluice.run("replay", file).code());
    }

    private void change(String before, String after) throws IOException {
        String text = Files.readString(file);
        String changed = text.replaceFirst(
                java.util.regex.Pattern.quote(before),
                java.util.regex.Matcher.quoteReplacement(after));
        assertNotEquals(text, changed, before);
        Files.writeString(file, changed);
    }
}
