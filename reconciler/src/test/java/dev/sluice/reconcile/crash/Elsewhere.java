// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** A runtime that is not this machine's own, with the counting job on it and nothing else. */
interface Elsewhere extends AutoCloseable {
    /** The value of the cluster's entry. */
    String entry();

    /** Where the job's processes may write and this process may read. */
    Path output() throws Exception;

    /** Lets the job run in application mode there. */
    void fit(TreeMap<String, String> files, String yaml);

    /** What there is now of each attempt that is not over, in the runtime's own words. */
    List<String> attempts() throws Exception;

    /** Attempts that were brought there more than once. */
    List<String> repeated() throws Exception;

    /** The one JobManager that lives. */
    Eyes flink() throws Exception;

    @Override
    void close();
}
