// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.spec.read.CommitReading;
import java.time.Instant;
import java.util.Optional;

/** What the loop does with a commit that comes into force, and with what of it has to wait. */
final class Adoption {
    private final Owners owners;
    private final GuardRails rails;
    private final ClusterRegister clusters;
    private final Fleet fleet;
    private final Timetable timetable;

    private Optional<FencingToken> leading = Optional.empty();

    Adoption(
            Owners owners,
            GuardRails rails,
            ClusterRegister clusters,
            Fleet fleet,
            Timetable timetable) {
        this.owners = requireNonNull(owners, "owners is null");
        this.rails = requireNonNull(rails, "rails is null");
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.timetable = requireNonNull(timetable, "timetable is null");
    }

    /** Owners and rules come first: no job may be decided on by those of an older commit. */
    void take(CommitReading reading, Instant now) {
        reading.repositoryId().ifPresent(owners::adopt);
        reading.environment().ifPresent(rails::adopt);
        clusters.adopt(reading, now);
        fleet.want(reading, now);
        if (leading.isPresent()) {
            timetable.follow(fleet.desks());
        }
    }

    /**
     * Who leads takes over clusters and schedules. A new leader begins with what the journal says of
     * them: what it saw while it stood by may be older than what its predecessor did.
     */
    void reign(Optional<FencingToken> token, Instant now) {
        if (token.isEmpty()) {
            clusters.standBy();
            leading = token;
        } else if (!token.equals(leading)) {
            clusters.lead(now);
            timetable.follow(fleet.desks());
            leading = token;
        }
    }

    /** Scheduled instants that have come, and cluster entries that nothing stands in the way of. */
    void tick(Instant now) {
        timetable.ring();
        clusters.settleWaiting(now);
    }
}
