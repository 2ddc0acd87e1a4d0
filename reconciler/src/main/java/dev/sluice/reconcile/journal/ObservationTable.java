// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.observed.ClusterObservation;
import java.sql.SQLException;
import java.util.List;

/** The latest look at each cluster, so that a restart can show something before it has looked. */
final class ObservationTable {
    private final JournalJson json;

    ObservationTable(JournalJson json) {
        this.json = json;
    }

    void put(Session session, ClusterObservation observation) throws SQLException {
        session.update(
                "INSERT INTO observation (cluster, body, at) VALUES (?, ?, ?) ON CONFLICT (cluster)"
                        + " DO UPDATE SET body = excluded.body, at = excluded.at",
                observation.cluster(),
                json.encode(observation).text(),
                observation.at());
    }

    /** One observation a cluster, by the cluster's name. */
    List<ClusterObservation> all(Session session) throws SQLException {
        return session.query(
                "SELECT body FROM observation ORDER BY cluster",
                row -> json.decode(row.getString(1), ClusterObservation.class));
    }
}
