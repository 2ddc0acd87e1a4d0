// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * P12: how long a job with state takes to come to pods of its own, and how long it does not work while
 * it is upgraded there. Each round has a new job on each side, which ends before the other side's turn.
 */
final class PodsUpgrade implements Benchmark {
    @Override
    public String id() {
        return "p12";
    }

    @Override
    public String question() {
        return "a counting job in pods of its own, Flink 1.20: start to first count, upgrade gap";
    }

    @Override
    public boolean needsFlink() {
        return true;
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        try (PodsFlink pods = PodsFlink.open(bench.folder())) {
            byte[] program = Upgrader.program(pods.lib(), pods.folder("build"));
            try (PodsJob commands = new PodsJob.Commands(pods, pods.jar(program));
                    PodsJob sluice = ControlledPods.begin(pods, program)) {
                List<PodsJob> turns = new ArrayList<>(List.of(commands, sluice));
                bench.rounds(() -> {
                    Collections.rotate(turns, 1);
                    double[] first = round(bench, turns.get(0));
                    double[] second = round(bench, turns.get(1));
                    double[] ours = turns.get(0) == sluice ? first : second;
                    double[] theirs = turns.get(0) == sluice ? second : first;
                    bench.tell("sluice / flink, start", "", ours[0] / theirs[0]);
                    bench.tell("sluice / flink, gap", "", ours[1] / theirs[1]);
                });
            }
        }
    }

    /** Start and gap, in milliseconds. */
    private static double[] round(Bench bench, PodsJob side) throws Exception {
        CountedFile counted = side.fresh();
        long asked = System.currentTimeMillis();
        side.next();
        counted.awaitAttempt(1);
        double start = counted.firstCount() - asked;
        side.next();
        counted.awaitAttempt(2);
        double gap = counted.gap();
        side.end();
        bench.tell("start -> first count, " + side.name(), "ms", start);
        bench.tell("gap, " + side.name(), "ms", gap);
        return new double[] {start, gap};
    }
}
