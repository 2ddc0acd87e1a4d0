// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

/** What may happen to one call between driver and cluster. */
public enum Fault {
    /** The request never arrives: no effect, and the caller knows nothing. */
    LOSE_REQUEST,
    /** The request takes effect, and the caller knows nothing. */
    LOSE_ANSWER
}
