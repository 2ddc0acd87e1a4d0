// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Board.ClusterNotice;
import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.EnvironmentPage.ClusterRow;
import dev.sluice.web.view.EnvironmentPage.Reach;
import dev.sluice.web.view.EnvironmentPage.UnmanagedJob;
import dev.sluice.web.view.Readiness;
import dev.sluice.web.view.Readiness.Check;
import dev.sluice.web.view.Source;
import java.util.List;
import java.util.Optional;

/** The environment page and the readiness checks, from the notice board. */
final class EnvironmentPages {
    private final Board board;
    private final Origin origin;

    EnvironmentPages(Board board, Origin origin) {
        this.board = board;
        this.origin = origin;
    }

    EnvironmentPage page() {
        Board.GitNotice git = board.git();
        List<ClusterNotice> clusters = List.copyOf(board.clusters().values());
        return new EnvironmentPage(
                origin.environment(),
                new Source(
                        origin.repository(),
                        origin.branch(),
                        git.commit(),
                        git.subject(),
                        git.answeredAt(),
                        git.trouble()),
                clusters.stream().map(this::row).toList(),
                clusters.stream().flatMap(notice -> unmanaged(notice).stream()).toList(),
                git.findings(),
                leadership());
    }

    private ClusterRow row(ClusterNotice notice) {
        String name = notice.observation().cluster();
        Optional<String> trouble = notice.observation().unreachable();
        int jobs = (int) board.jobs().values().stream()
                .filter(job -> FleetRows.shown(job)
                        .filter(spec -> spec.spec().flink().cluster().equals(name))
                        .isPresent())
                .count();
        return new ClusterRow(
                name,
                notice.kind(),
                trouble.isEmpty() ? Reach.OK : Reach.UNKNOWN,
                notice.since(),
                trouble.orElse(""),
                jobs);
    }

    private static List<UnmanagedJob> unmanaged(ClusterNotice notice) {
        String cluster = notice.observation().cluster();
        return notice.unmanaged().stream()
                .map(job -> new UnmanagedJob(
                        cluster, job.name(), job.id(), job.status().name()))
                .toList();
    }

    private EnvironmentPage.Leadership leadership() {
        Optional<Leadership> known = board.leadership();
        if (known.isEmpty()) {
            return new EnvironmentPage.Leadership(false, "nobody yet", 0, Optional.empty());
        }
        if (known.get() instanceof Leadership.Leading leading) {
            return new EnvironmentPage.Leadership(
                    true, origin.owner(), leading.token().number(), Optional.of(leading.until()));
        }
        Leadership.Standby standby = (Leadership.Standby) known.get();
        return new EnvironmentPage.Leadership(
                false, standby.owner(), 0, Optional.of(standby.until()));
    }

    Readiness readiness() {
        Board.GitNotice git = board.git();
        boolean hasCommit = git.commit().isPresent();
        return new Readiness(List.of(
                new Check(
                        "git",
                        hasCommit,
                        hasCommit
                                ? "a commit is in force"
                                : git.trouble().orElse("no commit read yet")),
                new Check(
                        "lease",
                        board.leadership().isPresent(),
                        board.leadership().isPresent()
                                ? "leading or standing by"
                                : "not asked yet")));
    }
}
