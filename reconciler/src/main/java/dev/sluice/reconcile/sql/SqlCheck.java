// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.sql;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.SqlProblem;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.reconcile.text.ReadingLine;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Program;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parses the SQL of all valid jobs of a commit. One process lives at a time: the versions come one
 * after the other, and each reads all its scripts in the same process.
 */
public final class SqlCheck {
    /**
     * What came of it.
     *
     * @param findings mistakes, placed in the files of the tree
     * @param unread why the SQL of some jobs could not be read at all, by Flink version
     */
    public record Result(List<SpecError> findings, SortedMap<String, String> unread) {
        public Result {
            findings = List.copyOf(findings);
            unread = new TreeMap<>(unread);
        }
    }

    private final FlinkHomes homes;
    private final FlinkReleases releases = FlinkReleases.bundled();
    private final WorkerSettings settings;
    private final Path cache;
    private final Progress progress;
    private final ReadingLine line;

    /**
     * @param cache folder that remembers which scripts were taken
     * @param progress hears of downloads
     * @param line hears of scripts
     */
    public SqlCheck(
            FlinkHomes homes,
            WorkerSettings settings,
            Path cache,
            Progress progress,
            ReadingLine line) {
        this.homes = requireNonNull(homes, "homes is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.line = requireNonNull(line, "line is null");
    }

    /** Reads; brings the Flink versions that are not there yet. */
    public Result check(Tree tree, CommitReading reading) throws InterruptedException {
        List<SpecError> findings = new ArrayList<>();
        SortedMap<String, String> unread = new TreeMap<>();
        SqlPlaces places = new SqlPlaces(tree, reading);
        for (Map.Entry<String, List<EffectiveJob>> version : byVersion(reading).entrySet()) {
            String name = version.getKey();
            try (FlinkWorkers workers = new FlinkWorkers(settings)) {
                FlinkHome home = homes.assemble(
                        releases.find(name)
                                .orElseThrow(() -> new IllegalStateException(
                                        "a job was read whose Flink is not known: " + name)),
                        progress);
                KnownScripts known = known(home);
                int done = 0;
                for (EffectiveJob job : version.getValue()) {
                    done++;
                    String text = ((Program.Sql) job.spec().program()).text();
                    if (!known.has(text)) {
                        List<SpecError> found = read(workers, home, job, places);
                        findings.addAll(found);
                        if (found.isEmpty()) {
                            known.add(text);
                        }
                        int all = version.getValue().size();
                        line.at("Flink " + name + " reads SQL", done, all);
                    }
                }
                known.save();
            } catch (ArtifactFailure | WorkerFailure e) {
                unread.put(name, e.getMessage());
            }
        }
        return new Result(findings, unread);
    }

    /** Another home, worker or splitter of scripts may say something else of the same script. */
    private KnownScripts known(FlinkHome home) {
        try {
            Digest readers = Digest.of(Digest.of(Files.readAllBytes(settings.workerJar()))
                            .hex()
                    + Digest.of(Files.readAllBytes(settings.runnerJar())).hex());
            return KnownScripts.of(
                    cache.resolve(home.root().getFileName() + "-" + readers.brief() + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read Sluice's own jars", e);
        }
    }

    private static List<SpecError> read(
            FlinkWorkers workers, FlinkHome home, EffectiveJob job, SqlPlaces places)
            throws WorkerFailure {
        Program.Sql sql = (Program.Sql) job.spec().program();
        List<SpecError> findings = new ArrayList<>();
        for (SqlProblem problem : problems(workers, home, sql)) {
            findings.add(places.finding(job, sql, problem));
        }
        return findings;
    }

    /** A script that is too much for the process is a mistake in the script, not of the world. */
    private static List<SqlProblem> problems(FlinkWorkers workers, FlinkHome home, Program.Sql sql)
            throws WorkerFailure {
        try {
            return workers.parse(home, sql.text());
        } catch (WorkerFailure e) {
            if (e.kind() == WorkerFailure.Kind.START) {
                throw e;
            }
            return List.of(new SqlProblem(1, 1, "the script cannot be read: " + e.getMessage()));
        }
    }

    private static SortedMap<String, List<EffectiveJob>> byVersion(CommitReading reading) {
        SortedMap<String, List<EffectiveJob>> jobs = new TreeMap<>();
        for (EffectiveJob job : reading.jobs().values()) {
            if (job.spec().program() instanceof Program.Sql) {
                jobs.computeIfAbsent(job.spec().flink().version(), unused -> new ArrayList<>())
                        .add(job);
            }
        }
        return jobs;
    }
}
