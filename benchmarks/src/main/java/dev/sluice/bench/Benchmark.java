// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

/** One question, asked with a workload and answered with numbers. */
interface Benchmark {
    /** Short name on the command line, in lower case. */
    String id();

    /** What is asked, in one sentence. */
    String question();

    /** Whether it starts Flink itself, from the built distribution; its size is always 1. */
    default boolean needsFlink() {
        return false;
    }

    /** Measures once at one size and tells the bench every number. */
    void run(Bench bench, int jobs) throws Exception;
}
