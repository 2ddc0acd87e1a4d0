// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

/** What the reader remembers of a commit, so that the next one costs only what changed. Opaque. */
public final class Memory {
    /** Nothing remembered: the next read is a full one. */
    public static final Memory NONE = new Memory();

    private Memory() {}
}
