// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Team;
import java.util.Optional;

/** Reads a team file. */
public final class TeamBinder {
    private TeamBinder() {}

    public static Optional<Team> bind(Fields team) {
        Fields allow = team.below("allow");
        Fields quotas = team.below("quotas");
        Team.Allowed allowed = new Team.Allowed(
                allow.list("clusters"),
                allow.list("queues"),
                allow.list("namespaces"),
                allow.list("artifactGroups"),
                allow.list("vulnerabilities"));
        Team.Quotas limits =
                new Team.Quotas(quotas.integer("jobs", 0), quotas.integer("parallelism", 0));
        return team.text("name")
                .filter(name -> Forms.isName(name, 20))
                .map(name ->
                        new Team(name, team.list("owners"), allowed, limits, team.text("notify")));
    }
}
