// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.plan.document.Plan;
import dev.sluice.reconcile.git.Fetched;
import dev.sluice.reconcile.git.GitCredentials;
import dev.sluice.reconcile.git.GitLimits;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.planning.CommitComparison;
import dev.sluice.reconcile.planning.Planning;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** P1: from a commit on the server to its plan, with what a shell script would do beside it. */
final class CommitToPlan implements Benchmark {
    @Override
    public String id() {
        return "p1";
    }

    @Override
    public String question() {
        return "commit -> plan ready: fetch, read, plan";
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        Path folder = bench.folder();
        try (GitSource source = open(folder);
                GeneratedRepository server =
                        GeneratedRepository.create(folder.resolve("server.git"), jobs)) {
            Follower follower = new Follower(bench, source);
            bench.time("first read of everything", () -> follower.follow("first read: ", true));
            ShellScript peer = ShellScript.cloned(server.url(), folder.resolve("peer"));
            bench.rounds(() -> {
                for (int changed : new int[] {1, 10, 100}) {
                    server.edit(jobs, changed);
                    follower.follow(changed + " changed: ", false);
                    if (changed == 1) {
                        bench.time("1 changed: peer, git pull + parse all", peer::pullAndParse);
                    }
                }
                server.editVariable();
                follower.follow("variable of 1 % changed: ", false);
            });
        }
    }

    /** To be opened first: from then on git looks at nobody's home folder. */
    static GitSource open(Path folder) {
        GitLimits limits = new GitLimits(
                1L << 30, 64L << 20, 1_000_000, Duration.ofSeconds(30), Duration.ofMinutes(10));
        return GitSource.open(
                folder.resolve("data"),
                new GitRemote(
                        folder.resolve("server.git").toString(),
                        GeneratedRepository.BRANCH,
                        limits,
                        GitCredentials.NONE),
                Clock.systemUTC());
    }

    /** What a controller does with each commit, without a cluster. */
    private static final class Follower {
        private final SpecReader reader = new SpecReader();
        private final Planning planning = new Planning();
        private final Bench bench;
        private final GitSource source;
        private Optional<CommitReading> last = Optional.empty();

        Follower(Bench bench, GitSource source) {
            this.bench = bench;
            this.source = source;
        }

        void follow(String what, boolean isFirst) throws Exception {
            long began = System.nanoTime();
            long cpu = Cpu.nanos();
            Fetched.Advanced[] fetched = new Fetched.Advanced[1];
            CommitReading[] reading = new CommitReading[1];
            bench.time(what + "fetch", () -> fetched[0] = (Fetched.Advanced) source.fetch());
            CountingTree tree = new CountingTree(fetched[0].tree());
            bench.time(what + "read", () -> reading[0] = reader.read(tree, "test", last));
            bench.tell(what + "blobs read", "", tree.blobs());
            bench.tell(what + "files parsed", "", tree.specs());
            if (!isFirst) {
                bench.time(what + "plan", () -> plan(reading[0]));
            }
            last = Optional.of(reading[0]);
            bench.tell(what + "commit -> plan", "ms", (System.nanoTime() - began) / 1e6);
            bench.tell(what + "commit -> plan (CPU)", "ms", (Cpu.nanos() - cpu) / 1e6);
        }

        private Plan plan(CommitReading head) {
            return planning.plan(CommitComparison.of(
                    "test", last.orElseThrow(), head, Clock.systemUTC().instant()));
        }
    }
}
