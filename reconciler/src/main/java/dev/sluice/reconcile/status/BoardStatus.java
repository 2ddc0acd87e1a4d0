// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.BoardCopy;
import dev.sluice.reconcile.planning.Downtimes;
import dev.sluice.reconcile.planning.PlanningDocument;
import dev.sluice.spec.JobKey;
import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.JobPage;
import dev.sluice.web.view.MetricsSnapshot;
import dev.sluice.web.view.Readiness;
import dev.sluice.web.view.StatusView;
import java.util.List;
import java.util.Optional;

/** The page's view of a running controller. */
public final class BoardStatus implements StatusView {
    private final Board board;
    private final Journal journal;
    private final EnvironmentPages environment;
    private final Origin origin;
    private final BuildInfo build;

    /** @param origin which repository and branch the controller follows */
    public BoardStatus(Board board, Journal journal, Origin origin, BuildInfo build) {
        this.board = requireNonNull(board, "board is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.environment = new EnvironmentPages(board, origin);
        this.build = requireNonNull(build, "build is null");
    }

    @Override
    public List<FleetRow> fleet() {
        return board.jobs().values().stream()
                .filter(FleetRows::isShown)
                .map(FleetRows::of)
                .toList();
    }

    @Override
    public Optional<JobPage> job(String team, String name) {
        return notice(team, name).map(notice -> new JobPages(journal, board.git()).of(notice));
    }

    @Override
    public String planning() {
        return PlanningDocument.write(BoardCopy.of(origin.environment(), board));
    }

    @Override
    public Optional<String> planning(String team, String name) {
        return notice(team, name)
                .map(notice -> notice.record().key())
                .map(key -> PlanningDocument.write(key, Downtimes.of(journal, key)));
    }

    private Optional<Board.JobNotice> notice(String team, String name) {
        return board.jobs().values().stream()
                .filter(notice -> isNamed(notice.record().key(), team, name))
                .findFirst();
    }

    private static boolean isNamed(JobKey key, String team, String name) {
        return key.team().equals(team) && key.name().equals(name);
    }

    @Override
    public EnvironmentPage environment() {
        return environment.page();
    }

    @Override
    public MetricsSnapshot metrics() {
        return board.metrics();
    }

    @Override
    public Readiness readiness() {
        return environment.readiness();
    }

    @Override
    public BuildInfo build() {
        return build;
    }
}
