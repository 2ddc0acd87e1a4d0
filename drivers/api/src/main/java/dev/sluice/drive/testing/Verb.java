// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

/** The calls of a driver that have an effect. */
public enum Verb {
    STAGE,
    STOP,
    CANCEL,
    START,
    RESCALE
}
