// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.sql.SqlMap;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one job file says, apart from what other jobs say.
 *
 * @param key empty when it could not be made out
 * @param nameAt where the job says its name
 * @param absent whether the file keeps the job out of this environment
 * @param rendered empty when it is absent or has errors
 * @param asked variables it asked for
 * @param depends asked, and what the job and its team declare: a change of one may change the reading
 * @param artifacts what it loads; empty when it was not rendered
 * @param seen every path it looked at and what stood there
 */
record JobReading(
        String file,
        Optional<JobKey> key,
        SourceLocation nameAt,
        boolean absent,
        Optional<Rendered> rendered,
        List<SpecError> findings,
        SortedSet<String> asked,
        Set<String> depends,
        Optional<JobArtifacts> artifacts,
        SortedMap<String, Optional<Tree.Entry>> seen) {
    /**
     * A valid job.
     *
     * @param origins JSON pointer of every leaf to where it comes from
     * @param dependsOnAt where the list of jobs it waits for stands, or the job itself
     * @param formerlyAt where the former name stands, or the job itself
     * @param sqlMap where its effective SQL comes from, when it runs SQL
     */
    record Rendered(
            JobSpec spec,
            Digest digest,
            SortedMap<String, Origin> origins,
            SourceLocation dependsOnAt,
            SourceLocation formerlyAt,
            Optional<SqlMap> sqlMap) {
        Rendered {
            requireNonNull(spec, "spec is null");
            requireNonNull(digest, "digest is null");
            origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
        }
    }

    JobReading {
        requireNonNull(file, "file is null");
        findings = List.copyOf(findings);
        asked = Collections.unmodifiableSortedSet(new TreeSet<>(asked));
        depends = Collections.unmodifiableSortedSet(new TreeSet<>(depends));
    }

    /** What rules over the whole commit look at: equal relations give equal findings of those rules. */
    record Relations(
            Optional<JobKey> key,
            SourceLocation nameAt,
            boolean absent,
            List<Object> rendered,
            Set<String> asked) {}

    Relations relations() {
        return new Relations(
                key,
                nameAt,
                absent,
                rendered.map(found -> List.<Object>of(
                                found.spec().dependsOn(),
                                found.spec().lineage().formerly(),
                                found.spec().state(),
                                found.spec().resources().parallelism(),
                                found.dependsOnAt(),
                                found.formerlyAt()))
                        .orElse(List.of()),
                asked);
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(SpecError::isError);
    }
}
