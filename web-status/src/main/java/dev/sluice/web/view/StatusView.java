// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import java.util.List;
import java.util.Optional;

/**
 * The questions the page asks, each answered from memory or the journal without waiting for git
 * or a cluster. Implementations are called by several threads at once and answer within
 * milliseconds.
 */
public interface StatusView {
    /** Every job of the environment, in any order. */
    List<FleetRow> fleet();

    /** One job in full; empty when the environment has no such job. */
    Optional<JobPage> job(String team, String name);

    EnvironmentPage environment();

    /** What a plan against this environment is made from, as a JSON document for {@code sluice}. */
    String planning();

    /** What the plan of one job needs of its history, likewise; empty when there is no such job. */
    Optional<String> planning(String team, String name);

    MetricsSnapshot metrics();

    /** What must hold before this process counts as ready. */
    Readiness readiness();

    BuildInfo build();
}
