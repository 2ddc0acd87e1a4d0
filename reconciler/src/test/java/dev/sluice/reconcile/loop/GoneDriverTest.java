// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose the jobs of a cluster are that a person has declared gone. */
class GoneDriverTest {
    private static final OwnerMark MINE = mark("mine");
    private static final OwnerMark THEIRS = mark("theirs");

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());
    private final GoneDriver gone = new GoneDriver(
            "main", new InMemoryDriver("main", List.of("1.20"), cluster, Clock.systemUTC()));

    @Test
    void aMarkThatCanStillBeReadCounts() {
        cluster.claim(THEIRS);

        assertEquals(new Claim.Other(THEIRS, "the model's marks"), gone.claim(MINE));
    }

    @Test
    void aMarkThatWentWithTheClusterHindersNobody() {
        cluster.claim(THEIRS);
        cluster.reachable(false);

        assertEquals(new Claim.Held(), gone.claim(MINE));
    }

    private static OwnerMark mark(String journal) {
        return new OwnerMark("repo", "test", journal, "host:/data/" + journal, Instant.EPOCH);
    }
}
