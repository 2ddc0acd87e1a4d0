// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

/** One question, asked with a workload and answered with numbers. */
interface Benchmark {
    /** Short name on the command line, in lower case. */
    String id();

    /** What is asked, in one sentence. */
    String question();

    /** Measures once at one size and tells the bench every number. */
    void run(Bench bench, int jobs) throws Exception;
}
