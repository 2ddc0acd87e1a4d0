// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

/** Whether a job is what the followed commit says: Argo CD's words. */
public enum Sync {
    SYNCED("Synced"),
    OUT_OF_SYNC("OutOfSync"),
    UNKNOWN("Unknown");

    private final String word;

    Sync(String word) {
        this.word = word;
    }

    /** The word on the page, in JSON, in metrics and in the URL. */
    public String word() {
        return word;
    }
}
