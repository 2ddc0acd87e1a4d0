// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Facts;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Surroundings;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.observed.Observed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the plan of one job is made from.
 *
 * @param base the spec of the base commit; counts only where nothing is remembered
 * @param remembered what a controller knows of the job; absent between two commits
 * @param wanted empty when no valid spec of the job is known at all
 * @param mistakes why the newest word of git is not in force
 * @param lines field name to the line that set its new value
 * @param remarks what else a reviewer should know
 * @param downtimes how long earlier restarts took, newest first
 */
public record JobInput(
        JobKey key,
        Optional<EffectiveJob> base,
        Optional<Remembrance> remembered,
        Optional<Desired> wanted,
        Surroundings around,
        List<Hold> mistakes,
        SortedMap<String, SourceLocation> lines,
        List<String> remarks,
        List<Duration> downtimes) {
    /** What a controller's journal says of a job. */
    public record Remembrance(JobRecord record, Observed observed) {
        public Remembrance {
            requireNonNull(record, "record is null");
            requireNonNull(observed, "observed is null");
        }
    }

    public JobInput {
        requireNonNull(key, "key is null");
        requireNonNull(base, "base is null");
        requireNonNull(remembered, "remembered is null");
        requireNonNull(wanted, "wanted is null");
        requireNonNull(around, "around is null");
        mistakes = List.copyOf(mistakes);
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        remarks = List.copyOf(remarks);
        downtimes = List.copyOf(downtimes);
    }

    /** What remarks on the plan are made from. */
    Facts facts() {
        Optional<EffectiveJob> running =
                remembered.map(known -> known.record().deployed()).orElse(base);
        return new Facts(running, wanted.flatMap(JobInput::job), downtimes);
    }

    private static Optional<EffectiveJob> job(Desired wanted) {
        return wanted instanceof Desired.Specified specified
                ? Optional.of(specified.job())
                : Optional.empty();
    }
}
