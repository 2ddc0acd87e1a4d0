// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.reconcile.loop.LoopDesk;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one process looks at one cluster: often while one of its jobs moves, and sometimes late. */
final class Eyes {
    private record Look(Instant arrivesAt, ClusterObservation seen) {}

    private final String cluster;
    private final ModelDriver driver;
    private final List<Look> looks = new ArrayList<>();
    private Instant looksAt;

    Eyes(String cluster, ModelDriver driver, Instant now) {
        this.cluster = cluster;
        this.driver = driver;
        this.looksAt = now;
    }

    /** Looks if it is time to; true when it did. */
    boolean look(Collection<LoopDesk> desks, int lateness, Instant now) {
        if (now.isBefore(looksAt)) {
            return false;
        }
        List<LoopDesk> here = desks.stream().filter(desk -> desk.isOn(cluster)).toList();
        Map<JobId, Integer> detailed = new HashMap<>();
        here.stream()
                .filter(desk -> desk.takesDetail(now))
                .forEach(desk -> detailed.put(
                        JobId.of(desk.record().key(), desk.record().attempt()),
                        desk.record().attempt()));
        looks.add(new Look(now.plusSeconds(2 + lateness), driver.observe(detailed)));
        boolean isMoving = here.stream().anyMatch(LoopDesk::isMoving);
        looksAt = now.plusSeconds((isMoving ? 4 : 14) + lateness);
        return true;
    }

    /** What has arrived by now. */
    void tell(Collection<LoopDesk> desks, Bend bend, Instant now) {
        List<Look> arrived =
                looks.stream().filter(look -> !now.isBefore(look.arrivesAt())).toList();
        looks.removeAll(arrived);
        arrived.forEach(look -> desks.stream()
                .filter(desk -> desk.isOn(cluster))
                .forEach(desk -> desk.see(look.seen(), bend::seen)));
    }
}
