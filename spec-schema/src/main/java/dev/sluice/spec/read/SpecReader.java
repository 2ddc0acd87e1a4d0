// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.schema.SchemaCheck;
import dev.sluice.spec.sql.SqlMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns the files of a commit into the desired jobs of one environment, and into findings. Pure: equal
 * trees give equal readings. May be shared between threads.
 */
public final class SpecReader {
    private static final String JOBS = "jobs/";
    private static final String JOB_FILE = "/job.yaml";

    private final Documents documents = new Documents(SchemaCheck.load());

    /**
     * Reads a commit.
     *
     * @param environment the environment's name; its folder is {@code environments/<name>/}
     * @param previous a reading of an earlier commit of the same environment: the result equals that of
     *     a full read, only the affected jobs are read again
     */
    public CommitReading read(Tree tree, String environment, Optional<CommitReading> previous) {
        Memory memory = previous.map(CommitReading::memory).orElse(Memory.NONE);
        Shared shared = new SharedReader(tree, environment, documents).read();
        Reuse reuse = new Reuse(tree, shared, memory);
        SortedMap<String, JobReading> readings = new TreeMap<>();
        for (Map.Entry<String, Tree.Entry> file : tree.entries().tailMap(JOBS).entrySet()) {
            if (!file.getKey().startsWith(JOBS)) {
                break;
            }
            if (file.getKey().endsWith(JOB_FILE)) {
                readings.put(
                        file.getKey(),
                        reuse.reading(file.getKey())
                                .orElseGet(() -> new JobReader(tree, shared, environment, documents)
                                        .read(file.getValue())));
            }
        }
        return new Assembly(tree, environment, shared, readings).reading();
    }

    /** Where the leaves of a job's effective specification come from; empty when it is not valid. */
    public static Optional<Explanation> explain(CommitReading reading, JobKey key) {
        return reading.memory().readings().values().stream()
                .filter(job -> job.key().equals(Optional.of(key)))
                .flatMap(job -> job.rendered().stream())
                .map(rendered -> new Explanation(rendered.spec(), rendered.origins()))
                .findFirst();
    }

    /** What the jobs of a commit load, the invalid ones included, in the order of their files. */
    public static List<JobArtifacts> artifacts(CommitReading reading) {
        return reading.memory().readings().values().stream()
                .flatMap(job -> job.artifacts().stream())
                .toList();
    }

    /** Where the effective SQL of a valid job comes from; empty when the job runs no SQL. */
    public static Optional<SqlMap> sqlMap(CommitReading reading, EffectiveJob job) {
        return reading.memory()
                .reading(job.file())
                .flatMap(JobReading::rendered)
                .flatMap(JobReading.Rendered::sqlMap);
    }

    /** What the environment and the teams of a commit declare; a broken file declares nothing. */
    public static DeclaredVariables declared(CommitReading reading) {
        return DeclaredVariables.of(reading.memory().shared());
    }
}
