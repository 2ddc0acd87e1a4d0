// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SpecError;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one commit says about one environment: desired jobs, and every mistake at once.
 *
 * <p>A key that is in neither {@code jobs} nor {@code invalid} is gone from this environment, but only
 * where {@link #absenceIsCertain()}; otherwise nobody may conclude that a file was deleted.
 *
 * @param repositoryId absent when {@code sluice.yaml} is missing or invalid
 * @param environment absent when {@code sluice.yaml} or {@code environment.yaml} is missing or
 *     invalid: the whole commit is held back and the last good one stays in force
 * @param invalid jobs that are held back to the file that says so; their last good spec stays in force
 * @param unreadable job files whose key could not be made out: any missing key may be one of them
 * @param findings errors and warnings, ordered by file, line and column
 * @param memory what an incremental read may reuse
 */
public record CommitReading(
        CommitId commit,
        Optional<String> repositoryId,
        Optional<Environment> environment,
        SortedMap<JobKey, EffectiveJob> jobs,
        SortedMap<JobKey, String> invalid,
        SortedSet<String> unreadable,
        List<SpecError> findings,
        Memory memory) {
    public CommitReading {
        requireNonNull(commit, "commit is null");
        requireNonNull(repositoryId, "repositoryId is null");
        requireNonNull(environment, "environment is null");
        jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
        invalid = Collections.unmodifiableSortedMap(new TreeMap<>(invalid));
        unreadable = Collections.unmodifiableSortedSet(new TreeSet<>(unreadable));
        findings = List.copyOf(findings);
        requireNonNull(memory, "memory is null");
    }

    /** Whether a key this reading does not mention is really gone from the environment. */
    public boolean absenceIsCertain() {
        return environment.isPresent() && unreadable.isEmpty();
    }

    /** The reverse index, made when asked for. */
    public Usage usage() {
        return Usage.of(memory);
    }

    public boolean hasErrors() {
        return findings.stream().anyMatch(SpecError::isError);
    }
}
