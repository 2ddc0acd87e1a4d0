// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.Environment;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.read.CommitReading;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice board filled from the journal alone, for commands that look while no controller runs, or
 * beside one. It says what was true when it was written down; each notice carries its time.
 */
public final class RememberedBoard {
    private RememberedBoard() {}

    /** Reads everything the journal and the copy of the repository remember. */
    public static Board read(Journal journal, GitSource source, String environment, Instant now) {
        Board board = new Board();
        Fleet fleet = new Fleet(journal, board, HealthWatch.remembered(journal.facts()));
        fleet.load(now);
        Optional<CommitReading> reading = LastCommit.read(journal, source, environment, board);
        reading.ifPresent(commit -> {
            fleet.want(commit, now);
            fleet.wantLastGood(LastGood.of(commit, journal, source, environment), now);
        });
        for (ClusterObservation seen : journal.observations()) {
            fleet.see(seen);
            board.post(new Board.ClusterNotice(
                    kind(reading, seen.cluster()),
                    seen,
                    seen.at(),
                    new Sightings(seen).unmanaged(fleet::isClaimed)));
        }
        fleet.publishAll();
        return board;
    }

    private static String kind(Optional<CommitReading> reading, String cluster) {
        return reading.flatMap(CommitReading::environment)
                .map(Environment::clusters)
                .map(clusters -> clusters.get(cluster))
                .map(Cluster::kind)
                .orElse("unknown");
    }
}
