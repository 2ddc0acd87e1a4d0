// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

/** Hears how far a download is. Calls come from several threads, one at a time. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = at -> {};

    /**
     * Where a download stands.
     *
     * @param what what is assembled, such as {@code Flink 1.20.1}
     * @param files how many of {@code allFiles} are here
     * @param bytes how many of {@code allBytes} are here
     */
    record At(String what, int files, int allFiles, long bytes, long allBytes) {}

    void at(At at);
}
