// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

/**
 * Why something does not happen yet.
 *
 * @param text a sentence for a person: what is waited for and what would end the wait
 */
public record Hold(Reason reason, String text) {
    public Hold {
        requireNonNull(reason, "reason is null");
        requireNonNull(text, "text is null");
    }
}
