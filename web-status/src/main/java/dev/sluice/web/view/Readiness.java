// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Whether this process can do its work, check by check. */
public record Readiness(List<Check> checks) {
    /**
     * One condition.
     *
     * @param name short and stable, such as {@code journal} or {@code git}
     * @param text what was found, for people
     */
    public record Check(String name, boolean isMet, String text) {
        public Check {
            requireNonNull(name, "name is null");
            requireNonNull(text, "text is null");
        }
    }

    public Readiness {
        checks = List.copyOf(checks);
    }

    public boolean isReady() {
        return checks.stream().allMatch(Check::isMet);
    }
}
