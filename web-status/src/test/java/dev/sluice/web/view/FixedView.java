// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import java.util.List;
import java.util.Optional;

/** A view that answers with what it was made from. */
public record FixedView(
        List<JobPage> jobs,
        EnvironmentPage environment,
        MetricsSnapshot metrics,
        Readiness readiness,
        BuildInfo build)
        implements StatusView {
    public FixedView {
        jobs = List.copyOf(jobs);
    }

    @Override
    public List<FleetRow> fleet() {
        return jobs.stream().map(JobPage::row).toList();
    }

    @Override
    public Optional<JobPage> job(String team, String name) {
        return jobs.stream()
                .filter(page -> page.row().key().display().equals(team + "/" + name))
                .findFirst();
    }

    @Override
    public String planning() {
        return "{\"formatVersion\":1}";
    }

    @Override
    public Optional<String> planning(String team, String name) {
        return job(team, name).map(page -> planning());
    }

    /** The same with other jobs. */
    public FixedView with(List<JobPage> others) {
        return new FixedView(others, environment, metrics, readiness, build);
    }

    /** The same in another environment. */
    public FixedView with(EnvironmentPage other) {
        return new FixedView(jobs, other, metrics, readiness, build);
    }
}
