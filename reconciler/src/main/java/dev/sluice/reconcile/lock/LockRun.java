// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.lock;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.JobArtifacts;
import dev.sluice.spec.read.LockFile;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.read.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds out every lock file of a job repository. A lock file serves all environments, so all of them are
 * read; and what is found is read back before it is called known, so that {@code sluice validate} agrees.
 */
public final class LockRun {
    /** What the lock file of now may have wrong and a new one mends. */
    private static final Set<String> MENDED =
            Set.of("not-locked", "artifact-conflict", "team-denied");

    private final Tree tree;
    private final ArtifactFiles files;
    private final FlinkReleases releases = FlinkReleases.bundled();
    private final SpecReader reader = new SpecReader();

    public LockRun(Tree tree, ArtifactFiles files) {
        this.tree = requireNonNull(tree, "tree is null");
        this.files = requireNonNull(files, "files is null");
    }

    /**
     * What a run found.
     *
     * @param outcomes one for each lock file that is there or has to be, by path
     * @param findings mistakes of the repository that keep a job from being read
     * @param jobs {@code team/name} of every job that could be read, artifacts or not
     */
    public record Result(List<LockOutcome> outcomes, List<SpecError> findings, Set<String> jobs) {
        public Result {
            outcomes = List.copyOf(outcomes);
            findings = List.copyOf(findings);
            jobs = new TreeSet<>(jobs);
        }
    }

    /**
     * Resolves the artifacts of some jobs.
     *
     * @param isWanted says of {@code team/name} whether it is one of them
     * @param renew whether rows that are locked are asked for anew
     */
    public Result run(Predicate<String> isWanted, boolean renew) {
        if (environments().isEmpty()) {
            return new Result(List.of(), List.of(nothingHere()), Set.of());
        }
        List<CommitReading> readings = read(tree);
        Set<SpecError> findings = new TreeSet<>(Findings.ORDER);
        Set<String> broken = new TreeSet<>();
        for (CommitReading reading : readings) {
            for (SpecError finding : mistakes(reading, isWanted)) {
                findings.add(finding);
                finding.job().ifPresent(broken::add);
            }
        }
        Set<String> jobs = new TreeSet<>();
        List<LockOutcome> outcomes = new ArrayList<>();
        for (List<JobArtifacts> uses : byLockFile(readings, isWanted).values()) {
            String job = uses.get(0).key().display();
            jobs.add(job);
            if (!broken.contains(job)) {
                outcomes.add(new Locker(files, releases, tree, renew, uses).lock());
            }
        }
        return new Result(readBack(outcomes), List.copyOf(findings), jobs);
    }

    /** A check in the wrong folder must not pass. */
    private static SpecError nothingHere() {
        return new SpecError(
                SpecError.Severity.ERROR,
                "missing-file",
                new SourceLocation("environments", 1, 1),
                Optional.empty(),
                "",
                "expected a job repository with an environment, found no"
                        + " environments/NAME/environment.yaml",
                "name the repository with --repo");
    }

    private List<CommitReading> read(Tree files) {
        return environments().stream()
                .map(environment -> reader.read(files, environment, Optional.empty()))
                .toList();
    }

    private Set<String> environments() {
        Set<String> names = new TreeSet<>();
        for (String path : tree.entries().tailMap("environments/").keySet()) {
            if (path.matches("environments/[^/]+/environment\\.yaml")) {
                names.add(path.split("/")[1]);
            }
        }
        return names;
    }

    private static List<SpecError> mistakes(CommitReading reading, Predicate<String> isWanted) {
        return reading.findings().stream()
                .filter(SpecError::isError)
                .filter(finding -> !MENDED.contains(finding.rule())
                        && !finding.location().file().endsWith("/job.lock"))
                .filter(finding ->
                        finding.job().isEmpty() || isWanted.test(finding.job().get()))
                .toList();
    }

    private static SortedMap<String, List<JobArtifacts>> byLockFile(
            List<CommitReading> readings, Predicate<String> isWanted) {
        SortedMap<String, List<JobArtifacts>> byFile = new TreeMap<>();
        for (CommitReading reading : readings) {
            for (JobArtifacts use : SpecReader.artifacts(reading)) {
                if (isWanted.test(use.key().display())) {
                    byFile.computeIfAbsent(use.lock().path(), unused -> new ArrayList<>())
                            .add(use);
                }
            }
        }
        return byFile;
    }

    /** Reads the repository as it will be, and takes back what is not valid then. */
    private List<LockOutcome> readBack(List<LockOutcome> outcomes) {
        SortedMap<String, String> overlay = new TreeMap<>();
        for (LockOutcome outcome : outcomes) {
            LockFile after = outcome.after();
            if (outcome.isKnown() && !after.rows().isEmpty()) {
                overlay.put(after.path(), after.text());
            }
        }
        if (overlay.isEmpty()) {
            return outcomes;
        }
        List<CommitReading> readings = read(new OverlaidTree(tree, overlay));
        return outcomes.stream()
                .map(outcome -> outcome.isKnown() ? outcome.with(left(outcome, readings)) : outcome)
                .toList();
    }

    private static List<SpecError> left(LockOutcome outcome, List<CommitReading> readings) {
        return readings.stream()
                .flatMap(reading -> reading.findings().stream())
                .filter(finding ->
                        finding.isError() && finding.job().equals(Optional.of(outcome.job())))
                .distinct()
                .toList();
    }
}
