// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.contract.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundTest {
    @TempDir
    Path folder;

    private final ByHand threads = new ByHand();
    private final HandClock clock = new HandClock();
    private final Background<String, String, String> background =
            new Background<>(threads, name -> List.of(folder.resolve(name)), clock);
    private Optional<ArtifactFailure> trouble = Optional.empty();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("a.jar"), "bytes");
        Files.writeString(folder.resolve("b.jar"), "bytes");
    }

    @Test
    void nobodyWaitsAndWhatWasMadeIsHandedOutWithoutWork() throws Exception {
        Optional<String> atOnce = poll("a.jar");
        List<String> work = threads.work();

        assertEquals(Optional.empty(), atOnce);
        assertEquals(List.of("a.jar"), work);
        for (int look = 0; look < 5; look++) {
            assertEquals(Optional.of("a.jar"), poll("a.jar"));
            assertEquals(List.of(), threads.work());
        }
    }

    @Test
    void aFileThatSomebodyTouchedIsLookedAtAgain() throws Exception {
        make("a.jar");
        Path file = folder.resolve("a.jar");
        FileTime written = Files.getLastModifiedTime(file);
        Object changed = Files.getAttribute(file, "unix:ctime");
        // Clocks of file systems may stand still for some milliseconds.
        while (changed.equals(Files.getAttribute(file, "unix:ctime"))) {
            Files.writeString(file, "BYTES");
            Files.setLastModifiedTime(file, written);
        }

        assertEquals(Optional.empty(), poll("a.jar"));
        assertEquals(List.of("a.jar"), threads.work());
    }

    @Test
    void aFileThatWasRemovedIsMadeAgainWhileTheCallerGoesOn() throws Exception {
        make("a.jar");
        Files.delete(folder.resolve("a.jar"));

        assertEquals(Optional.empty(), poll("a.jar"));
        Files.writeString(folder.resolve("a.jar"), "bytes");
        threads.work();
        assertEquals(Optional.of("a.jar"), poll("a.jar"));
    }

    @Test
    void anotherQuestionIsNotAnsweredWithWhatWasMadeBefore() throws Exception {
        make("a.jar");

        assertEquals(Optional.empty(), poll("b.jar"));
        assertEquals(List.of("b.jar"), threads.work());
        assertEquals(Optional.of("b.jar"), poll("b.jar"));
    }

    @Test
    void everythingIsLookedAtAgainAfterAWhile() throws Exception {
        make("a.jar");
        clock.pass(Background.FRESH.plusSeconds(1));

        assertEquals(Optional.empty(), poll("a.jar"));
    }

    @Test
    void whatIsForgottenIsLookedAtAgain() throws Exception {
        make("a.jar");

        background.forget("orders");

        assertEquals(Optional.empty(), poll("a.jar"));
        assertEquals(List.of("a.jar"), threads.work());
    }

    @Test
    void aFailureIsToldOnceAndThenItIsTriedAgain() throws Exception {
        trouble = Optional.of(new ArtifactFailure(true, "no answer"));
        poll("a.jar");
        threads.work();

        ArtifactFailure told = assertThrows(ArtifactFailure.class, () -> poll("a.jar"));
        trouble = Optional.empty();

        assertEquals("no answer", told.getMessage());
        make("a.jar");
    }

    private void make(String name) throws Exception {
        assertEquals(Optional.empty(), poll(name));
        threads.work();
        assertEquals(Optional.of(name), poll(name));
    }

    private Optional<String> poll(String name) throws ArtifactFailure, IOException {
        return background.poll("orders", name, () -> {
            threads.done.add(name);
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            return name;
        });
    }
}
