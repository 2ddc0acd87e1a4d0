// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.nio.file.Path;

/** P10: a quick deployment beside many jobs whose savepoints do not come to an end. */
final class SlowSavepoints implements Benchmark {
    private static final int MOST = 200;

    @Override
    public String id() {
        return "p10";
    }

    @Override
    public String question() {
        return "a quick deployment beside 200 savepoints that do not end (a fifth of the jobs)";
    }

    /** The two controllers and the peer take turns; what is slow is slow all the time. */
    @Override
    public void run(Bench bench, int jobs) throws Exception {
        int slow = Math.min(MOST, jobs / 5);
        Path folder = bench.folder();
        try (BusyFleet quiet = BusyFleet.start(folder.resolve("quiet"), 0);
                BusyFleet busy = BusyFleet.start(folder.resolve("busy"), slow)) {
            busy.stopSlowOnes();
            bench.rounds(() -> {
                bench.tell("commit -> submitted, nothing else", "ms", quiet.deploy());
                bench.tell("commit -> submitted, beside them", "ms", busy.deploy());
                bench.tell("worker threads, both controllers", "", BusyFleet.workers());
                bench.tell(
                        "peer, 50 blocking threads: submitted after",
                        "ms",
                        BlockingThreads.deploy(slow));
            });
        }
    }
}
