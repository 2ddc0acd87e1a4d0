// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Claim;
import dev.sluice.plan.Adoptable;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.observed.LiveJob;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the running job that a spec says to adopt is there, and nobody's. It is never chosen by its
 * name: only the id that a commit names counts.
 */
final class Candidates {
    private final Board board;
    private final Collection<Desk> desks;
    private final Function<JobId, Optional<Claim>> claims;

    /** @param claims what the cluster's storage says of a job; empty while it was not asked */
    Candidates(Board board, Collection<Desk> desks, Function<JobId, Optional<Claim>> claims) {
        this.board = requireNonNull(board, "board is null");
        this.desks = requireNonNull(desks, "desks is null");
        this.claims = requireNonNull(claims, "claims is null");
    }

    /** The id that the wanted spec names, as long as the job has no attempt of its own. */
    static Optional<JobId> adopts(Desk desk) {
        return desk.record().currentId().isPresent() ? Optional.empty() : named(desk);
    }

    Adoptable of(Desk desk) {
        return adopts(desk)
                .map(id -> rival(desk, id)
                        .<Adoptable>map(Adoptable.Taken::new)
                        .orElseGet(() -> seen(desk, id)))
                .orElseGet(Adoptable.Unseen::new);
    }

    private static Optional<JobId> named(Desk desk) {
        return desk.wantedJob()
                .flatMap(job -> job.spec().lineage().adopt())
                .flatMap(Lineage.Adopt::jobId);
    }

    /** Another spec of this environment whose attempt it is, or that names it too. */
    private Optional<String> rival(Desk desk, JobId id) {
        for (Desk other : desks) {
            if (other != desk && other.watched().contains(id)) {
                return Optional.of("the job to adopt, " + id + ", is an attempt of "
                        + other.key().display() + "; name another one");
            }
            if (other != desk && adopts(other).filter(id::equals).isPresent()) {
                return Optional.of("the spec of " + other.key().display()
                        + " says to adopt the same job, " + id + "; only one of them can");
            }
        }
        return Optional.empty();
    }

    private Adoptable seen(Desk desk, JobId id) {
        Optional<LiveJob> job = desk.wantedJob()
                .map(wanted -> wanted.spec().flink().cluster())
                .map(cluster -> board.clusters().get(cluster))
                .flatMap(cluster -> cluster.unmanaged().stream()
                        .filter(live -> live.id().equals(id))
                        .findFirst());
        Optional<Claim> claim = claims.apply(id);
        if (job.isEmpty() || claim.isEmpty()) {
            return new Adoptable.Unseen();
        }
        return Owners.refusal(id, claim.get())
                .<Adoptable>map(Adoptable.Taken::new)
                .orElseGet(() -> new Adoptable.Free(job.get()));
    }
}
