// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** P8: how long a job with state does not work while it is upgraded. */
final class UpgradeGap implements Benchmark {
    @Override
    public String id() {
        return "p8";
    }

    @Override
    public String question() {
        return "upgrade of a counting job on Flink 1.20: from its last count to its next";
    }

    @Override
    public boolean needsFlink() {
        return true;
    }

    /** Three jobs on one cluster, upgraded in turn; who is first changes from round to round. */
    @Override
    public void run(Bench bench, int jobs) throws Exception {
        try (RealFlink flink = RealFlink.start(bench.folder())) {
            byte[] program = Upgrader.program(flink.lib(), flink.folder("build"));
            Path jar = Upgrader.jar(flink, program);
            try (Upgrader floor = new Upgrader.Floor(flink, jar);
                    Upgrader commands = new Upgrader.Commands(flink, jar);
                    Upgrader sluice = ControlledJob.begin(flink, program)) {
                List<Upgrader> turns = new ArrayList<>(List.of(floor, sluice, commands));
                for (Upgrader each : turns) {
                    each.next();
                    each.counted().awaitAttempt(1);
                }
                bench.rounds(() -> {
                    Collections.rotate(turns, 1);
                    for (Upgrader each : turns) {
                        int attempts = each.counted().attempts();
                        each.next();
                        each.counted().awaitAttempt(attempts + 1);
                    }
                    tell(
                            bench,
                            floor.counted().gap(),
                            sluice.counted().gap(),
                            commands.counted().gap());
                });
            }
        }
    }

    private static void tell(Bench bench, long floor, long sluice, long commands) {
        bench.tell("gap, REST script with 10 ms polling: the floor", "ms", floor);
        bench.tell("gap, sluice", "ms", sluice);
        bench.tell("gap, flink stop && flink run", "ms", commands);
        bench.tell("beyond the floor, sluice", "ms", sluice - floor);
        bench.tell("beyond the floor, flink stop && flink run", "ms", commands - floor);
        bench.tell("sluice / floor", "", (double) sluice / floor);
        bench.tell("flink stop && flink run / sluice", "", (double) commands / sluice);
    }
}
