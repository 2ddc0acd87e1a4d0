// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.FlinkTarget.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterObservationTest {
    private final ClusterObservation seen = new ClusterObservation(
            "main", Instant.EPOCH, List.of(), Optional.empty(), new TreeMap<>(Map.of("1.20", 3)));

    @Test
    void freeSlotsCountForTheVersionThatHasThem() {
        assertEquals(new Headroom.Slots(3), seen.headroom(target("1.20", Mode.SESSION)));
        assertInstanceOf(Headroom.Unknown.class, seen.headroom(target("2.2", Mode.SESSION)));
    }

    @Test
    void freeSlotsOfASessionSayNothingOfAClusterOfTheJobsOwn() {
        assertInstanceOf(Headroom.Unknown.class, seen.headroom(target("1.20", Mode.APPLICATION)));
    }

    private static FlinkTarget target(String version, Mode mode) {
        return new FlinkTarget(version, "main", mode);
    }
}
