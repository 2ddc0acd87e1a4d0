// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCacheTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void theLongestUnusedFilesGoFirst() throws Exception {
        keep("a", 0);
        keep("b", 1);
        keep("c", 2);
        at(5).find("a", Digest.of("a"));

        List<ArtifactCache.Entry> removed = at(10).trim(2);

        assertEquals(1, removed.size());
        assertEquals(Optional.empty(), at(10).find("b", Digest.of("b")));
        assertEquals(2, at(10).entries().size());
    }

    @Test
    void whatWasUsedWithinTheLastHourStays() throws Exception {
        keep("a", 0);
        keep("b", 9);

        at(9).trim(0);

        assertEquals(1, at(9).entries().size());
    }

    @Test
    void aNameIsAsMuchTheKeyAsTheBytesAre() throws Exception {
        keep("a", 0);

        assertEquals(Optional.empty(), at(0).find("b", Digest.of("a")));
    }

    @Test
    void sizesAreReadInStepsOf1024() {
        assertEquals(Optional.of(500L << 20), CacheDirectory.bytes("500m"));
        assertEquals(Optional.of(2L << 30), CacheDirectory.bytes("2 GiB"));
        assertEquals(Optional.of(7L), CacheDirectory.bytes("7"));
        assertEquals(Optional.empty(), CacheDirectory.bytes("much"));
    }

    private void keep(String content, int hour) throws Exception {
        at(hour).keep(content, content.getBytes(StandardCharsets.UTF_8));
    }

    private ArtifactCache at(int hour) {
        Instant now = START.plus(Duration.ofHours(hour));
        return new ArtifactCache(folder, Clock.fixed(now, ZoneOffset.UTC));
    }
}
