// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import java.util.List;
import java.util.Optional;

/** A view whose fleet cannot be told, for a reason that is nobody's business. */
public record BrokenView(FixedView rest) implements StatusView {
    @Override
    public List<FleetRow> fleet() {
        throw new IllegalStateException("/var/lib/sluice/journal.db is locked");
    }

    @Override
    public Optional<JobPage> job(String team, String name) {
        return rest.job(team, name);
    }

    @Override
    public EnvironmentPage environment() {
        return rest.environment();
    }

    @Override
    public String planning() {
        return rest.planning();
    }

    @Override
    public Optional<String> planning(String team, String name) {
        return rest.planning(team, name);
    }

    @Override
    public MetricsSnapshot metrics() {
        return rest.metrics();
    }

    @Override
    public Readiness readiness() {
        return rest.readiness();
    }

    @Override
    public BuildInfo build() {
        return rest.build();
    }
}
