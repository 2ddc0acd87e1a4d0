// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.reconcile.git.Fetched;
import dev.sluice.reconcile.git.GitSource;
import java.nio.file.Path;

/** P3: what a look at a repository costs in which nothing has changed. */
final class CostOfNothing implements Benchmark {
    private static final int TICKS = 10;

    @Override
    public String id() {
        return "p3";
    }

    @Override
    public String question() {
        return "cost of nothing: a look at an unchanged repository";
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        Path folder = bench.folder();
        try (GitSource source = CommitToPlan.open(folder);
                GeneratedRepository server =
                        GeneratedRepository.create(folder.resolve("server.git"), jobs)) {
            source.fetch();
            ShellScript peer = ShellScript.cloned(server.url(), folder.resolve("peer"));
            bench.rounds(() -> {
                long wall = System.nanoTime();
                long cpu = Cpu.nanos();
                long allocated = Cpu.allocated();
                for (int i = 0; i < TICKS; i++) {
                    look(source);
                }
                bench.tell("tick (allocated)", "KB", (Cpu.allocated() - allocated) / 1e3 / TICKS);
                bench.tell("tick (CPU)", "ms", (Cpu.nanos() - cpu) / 1e6 / TICKS);
                bench.tell("tick", "ms", (System.nanoTime() - wall) / 1e6 / TICKS);
                long script = System.nanoTime();
                peer.fetch();
                bench.tell("peer, git fetch && git diff", "ms", (System.nanoTime() - script) / 1e6);
            });
        }
    }

    private static void look(GitSource source) {
        if (!(source.fetch() instanceof Fetched.Unchanged)) {
            throw new IllegalStateException("nothing was to change");
        }
    }
}
