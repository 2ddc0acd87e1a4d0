// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * What a notice board says of jobs and clusters at one moment, as a value that can be sent elsewhere.
 * A plan that is made from the copy is the one that would be made beside the board.
 *
 * @param commit the commit in force
 */
public record BoardCopy(
        String environment,
        Optional<CommitId> commit,
        List<Board.JobNotice> jobs,
        List<Board.ClusterNotice> clusters) {
    public BoardCopy {
        requireNonNull(environment, "environment is null");
        requireNonNull(commit, "commit is null");
        jobs = List.copyOf(jobs);
        clusters = List.copyOf(clusters);
    }

    /** What the board says now. */
    public static BoardCopy of(String environment, Board board) {
        return new BoardCopy(
                environment,
                board.git().commit(),
                List.copyOf(board.jobs().values()),
                List.copyOf(board.clusters().values()));
    }

    /** A board that says the same of jobs and clusters. */
    public Board board() {
        Board board = new Board();
        jobs.forEach(board::post);
        clusters.forEach(board::post);
        return board;
    }
}
