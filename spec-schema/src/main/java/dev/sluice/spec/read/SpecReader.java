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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
        Changes changes = Changes.between(memory.entries(), tree.entries());
        Shared shared = memory.shared()
                .filter(before -> !changes.concern(before))
                .orElseGet(() -> new SharedReader(tree, environment, documents).read());
        boolean hasSameShared =
                memory.shared().filter(before -> before == shared).isPresent();
        SortedMap<String, JobReading> readings = hasSameShared
                ? changed(tree, environment, memory, changes, shared)
                : all(tree, environment, memory, shared);
        return new Assembly(tree, environment, shared, readings, previous, changes).reading();
    }

    /** Reads the jobs of which a file differs; of the others nothing can differ. */
    private SortedMap<String, JobReading> changed(
            Tree tree, String environment, Memory memory, Changes changes, Shared shared) {
        SortedMap<String, JobReading> readings = new TreeMap<>(memory.readings());
        SortedSet<String> stale = new TreeSet<>();
        changes.paths().stream().filter(SpecReader::isJob).forEach(stale::add);
        memory.readings().forEach((file, reading) -> {
            if (changes.concern(reading)) {
                stale.add(file);
            }
        });
        for (String file : stale) {
            Tree.Entry entry = tree.entries().get(file);
            if (entry == null) {
                readings.remove(file);
            } else {
                readings.put(file, job(tree, environment, shared, entry));
            }
        }
        return readings;
    }

    private SortedMap<String, JobReading> all(
            Tree tree, String environment, Memory memory, Shared shared) {
        Reuse reuse = new Reuse(tree, shared, memory);
        SortedMap<String, JobReading> readings = new TreeMap<>();
        for (Map.Entry<String, Tree.Entry> file : tree.entries().tailMap(JOBS).entrySet()) {
            if (!file.getKey().startsWith(JOBS)) {
                break;
            }
            if (isJob(file.getKey())) {
                readings.put(
                        file.getKey(),
                        reuse.reading(file.getKey())
                                .orElseGet(() -> job(tree, environment, shared, file.getValue())));
            }
        }
        return readings;
    }

    private static boolean isJob(String path) {
        return path.startsWith(JOBS) && path.endsWith(JOB_FILE);
    }

    private JobReading job(Tree tree, String environment, Shared shared, Tree.Entry entry) {
        return new JobReader(tree, shared, environment, documents).read(entry);
    }

    /** Where the leaves of a job's effective specification come from; empty when it is not valid. */
    public static Optional<Explanation> explain(CommitReading reading, JobKey key) {
        return Optional.ofNullable(reading.jobs().get(key))
                .flatMap(job -> reading.memory().reading(job.file()))
                .flatMap(JobReading::rendered)
                .map(rendered -> new Explanation(rendered.spec(), rendered.origins()));
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
