// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static java.util.Objects.requireNonNull;

import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.EnvironmentPage.ClusterRow;
import dev.sluice.web.view.EnvironmentPage.Reach;
import java.time.Instant;
import java.util.List;

/**
 * What every page has around its content.
 *
 * @param now the one instant that all ages of the page count from
 * @param stylesheet address of the stylesheet
 * @param path of this page, without its query
 */
public record Frame(
        EnvironmentPage environment,
        BuildInfo build,
        Instant now,
        String stylesheet,
        String path,
        Query query) {
    public Frame {
        requireNonNull(environment, "environment is null");
        requireNonNull(build, "build is null");
        requireNonNull(now, "now is null");
        requireNonNull(stylesheet, "stylesheet is null");
        requireNonNull(path, "path is null");
        requireNonNull(query, "query is null");
    }

    /** Seconds after which the browser asks again; 0 unless the address asks for it. */
    public int refresh() {
        String text = query.value("refresh");
        return text.matches("[1-9][0-9]{0,3}") ? Math.max(5, Integer.parseInt(text)) : 0;
    }

    /** This page with another refresh; an empty text turns it off. */
    public String linkToRefresh(String seconds) {
        return query.with("refresh", seconds).at(path);
    }

    public boolean isAt(String other) {
        return path.equals(other);
    }

    /** Clusters that do not answer. */
    public List<ClusterRow> unreachable() {
        return environment.clusters().stream()
                .filter(cluster -> cluster.reach() == Reach.UNKNOWN)
                .toList();
    }
}
