// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerFilesTest {
    private static final int ASKERS = 8;

    @TempDir
    private Path folder;

    @Test
    void theFirstAskerOwnsTheEnvironmentAndTheSecondIsToldByWhom() {
        Claim first = asker().claim(mark("one", "test"));
        Claim second = asker().claim(mark("two", "test"));

        assertInstanceOf(Claim.Held.class, first);
        Claim.Other other = assertInstanceOf(Claim.Other.class, second);
        assertEquals(mark("one", "test"), other.owner());
        assertEquals("file:" + folder.resolve("owners/shop/test.json"), other.place());
    }

    @Test
    void theSameJournalOwnsAgainAfterARestart() {
        asker().claim(mark("one", "test"));

        OwnerMark restarted = new OwnerMark(
                "shop", "test", "one", "host:/elsewhere", Instant.parse("2026-02-02T00:00:00Z"));

        assertInstanceOf(Claim.Held.class, asker().claim(restarted));
    }

    @Test
    void aJobIsAdoptedByOneOwnerOnly() {
        LiveJob job = live("by hand", new JobId("a".repeat(32)));

        assertInstanceOf(Claim.Held.class, asker().claim(mark("one", "test"), job));
        assertInstanceOf(Claim.Held.class, asker().claim(mark("one", "test"), job));
        Claim.Other other =
                assertInstanceOf(Claim.Other.class, asker().claim(mark("two", "prod"), job));
        assertEquals(mark("one", "test"), other.owner());
    }

    @Test
    void anAttemptOfAnotherOwnersJobIsKnownByItsId() {
        asker().claim(mark("one", "test"));
        JobKey key = new JobKey("shop", "test", "payments", "orders");

        Claim theirs = asker().claim(mark("two", "prod"), live(key.display(), JobId.of(key, 12)));
        Claim free =
                asker().claim(mark("two", "prod"), live(key.display(), new JobId("b".repeat(32))));

        assertInstanceOf(Claim.Other.class, theirs);
        assertInstanceOf(Claim.Held.class, free);
    }

    private static LiveJob live(String name, JobId id) {
        return new LiveJob(
                id,
                name,
                JobStatus.RUNNING,
                Instant.EPOCH,
                1,
                "1.20",
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void environmentsHaveOwnersOfTheirOwn() {
        asker().claim(mark("one", "test"));

        assertInstanceOf(Claim.Held.class, asker().claim(mark("two", "prod")));
    }

    @Test
    void ofManyWhoAskAtOnceExactlyOneOwns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
        try {
            for (int round = 0; round < 50; round++) {
                String environment = "e" + round;
                List<Callable<Claim>> askers = new ArrayList<>();
                for (int asker = 0; asker < ASKERS; asker++) {
                    OwnerMark mark = mark("journal" + asker, environment);
                    askers.add(() -> asker().claim(mark));
                }
                assertEquals(1, held(threads.invokeAll(askers)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMarkThatCannotBeReadMakesNobodyTheOwner() throws IOException {
        Path file = folder.resolve("owners/shop/test.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{half");

        Claim.Unclear unclear =
                assertInstanceOf(Claim.Unclear.class, asker().claim(mark("one", "test")));

        assertTrue(unclear.cause().contains(file.toString()), unclear::cause);
    }

    @Test
    void noDraftIsLeftBehind() throws IOException {
        asker().claim(mark("one", "test"));
        asker().claim(mark("two", "test"));

        assertEquals(List.of("test.json"), new FolderFiles(folder).children("owners/shop"));
    }

    private static long held(List<Future<Claim>> claims) throws Exception {
        long held = 0;
        for (Future<Claim> claim : claims) {
            held += claim.get() instanceof Claim.Held ? 1 : 0;
        }
        return held;
    }

    private OwnerFiles asker() {
        return new OwnerFiles(new FolderFiles(folder));
    }

    private static OwnerMark mark(String journal, String environment) {
        return new OwnerMark(
                "shop",
                environment,
                journal,
                "host:/data/" + journal,
                Instant.parse("2026-01-01T00:00:00Z"));
    }
}
