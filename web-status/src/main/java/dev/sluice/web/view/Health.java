// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

/** How a job is doing, whatever the commit says: Argo CD's words, the most urgent first. */
public enum Health {
    DEGRADED("Degraded"),
    MISSING("Missing"),
    UNKNOWN("Unknown"),
    PROGRESSING("Progressing"),
    SUSPENDED("Suspended"),
    HEALTHY("Healthy");

    private final String word;

    Health(String word) {
        this.word = word;
    }

    /** The word on the page, in JSON, in metrics and in the URL. */
    public String word() {
        return word;
    }
}
