// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who hears of trouble; the first route that matches a job wins.
 *
 * @param team absent matches every team
 * @param criticality absent matches every criticality
 * @param to name of a channel of the controller's own configuration
 */
public record AlertRoute(
        Optional<String> team, Optional<Ownership.Criticality> criticality, String to) {
    public AlertRoute {
        requireNonNull(team, "team is null");
        requireNonNull(criticality, "criticality is null");
        requireNonNull(to, "to is null");
    }
}
