// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.lock;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.ArtifactLimits;
import dev.sluice.spec.read.Coordinate;
import dev.sluice.spec.read.JobArtifacts;
import dev.sluice.spec.read.JobArtifacts.Named;
import dev.sluice.spec.read.LockFile;
import dev.sluice.spec.read.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Resolves the artifacts of one job over all environments into the rows of its lock file. */
final class Locker {
    private final ArtifactFiles files;
    private final FlinkReleases releases;
    private final Tree tree;
    private final boolean renew;
    private final List<JobArtifacts> uses;
    private final LockFile before;
    private final LockProblems problems;
    private final TreeMap<String, LockFile.Row> rows = new TreeMap<>();

    /**
     * @param renew whether rows that are locked are asked for anew
     * @param uses of one lock file, one for each environment that has the job
     */
    Locker(
            ArtifactFiles files,
            FlinkReleases releases,
            Tree tree,
            boolean renew,
            List<JobArtifacts> uses) {
        this.files = requireNonNull(files, "files is null");
        this.releases = requireNonNull(releases, "releases is null");
        this.tree = requireNonNull(tree, "tree is null");
        this.renew = renew;
        this.uses = List.copyOf(uses);
        this.before = uses.get(0).lock();
        this.problems = new LockProblems(uses.get(0).key().display());
    }

    LockOutcome lock() {
        for (JobArtifacts use : uses) {
            for (Named named : use.named()) {
                try {
                    row(use, named);
                } catch (ArtifactFailure e) {
                    problems.add(named, e);
                }
            }
        }
        return new LockOutcome(
                uses.get(0).key().display(),
                before,
                new LockFile(before.path(), !rows.isEmpty(), rows),
                problems.findings(),
                problems.reasons());
    }

    private void row(JobArtifacts use, Named named) throws ArtifactFailure {
        String name = named.coordinate();
        if (named.file().isPresent()) {
            JobArtifacts.TreeFile file = named.file().get();
            files.keep(
                    new Artifact(file.path(), Optional.of(file.digest())),
                    tree.read(file.path(), ArtifactLimits.JAR_BYTES));
            rows.put(
                    name,
                    new LockFile.Row(file.digest(), Optional.empty(), Optional.empty(), List.of()));
            return;
        }
        bytes(name);
        if (use.transitive() && Coordinate.of(name) instanceof Coordinate.Maven) {
            needs(use, named);
        }
    }

    private void needs(JobArtifacts use, Named root) throws ArtifactFailure {
        LockFile.Row row = rows.get(root.coordinate());
        if (row.needs().isPresent() && !row.without().equals(use.exclude())) {
            problems.differingExclusions(root, row.without(), use.exclude());
            return;
        }
        if (row.needs().isEmpty()) {
            List<String> needs = files.needs(root.coordinate(), use.exclude(), provided());
            rows.put(
                    root.coordinate(),
                    new LockFile.Row(row.digest(), row.from(), Optional.of(needs), use.exclude()));
            for (String need : needs) {
                bytes(need);
            }
        }
    }

    /** What every Flink version that the job runs on brings itself, as {@code group:name}. */
    private Set<String> provided() {
        Set<String> provided = new TreeSet<>();
        boolean isFirst = true;
        for (JobArtifacts use : uses) {
            Set<String> one = use.flinkVersion()
                    .flatMap(releases::find)
                    .map(release -> release.artifacts().stream()
                            .map(artifact -> artifact.group() + ":" + artifact.name())
                            .collect(Collectors.toCollection(TreeSet::new)))
                    .orElseGet(TreeSet::new);
            if (isFirst) {
                provided.addAll(one);
            } else {
                provided.retainAll(one);
            }
            isFirst = false;
        }
        return provided;
    }

    /** Puts the row of an artifact that comes from elsewhere, if it is not there yet. */
    private void bytes(String name) throws ArtifactFailure {
        if (rows.containsKey(name)) {
            return;
        }
        Optional<LockFile.Row> old = before.find(name);
        Optional<Digest> locked = renew ? Optional.empty() : old.map(LockFile.Row::digest);
        Artifact artifact = new Artifact(name, locked);
        Fetched fetched = renew ? files.renew(artifact) : files.find(artifact);
        Optional<String> from = old.filter(row -> row.digest().equals(fetched.digest()))
                .flatMap(LockFile.Row::from)
                .or(fetched::from);
        rows.put(name, new LockFile.Row(fetched.digest(), from, Optional.empty(), List.of()));
    }
}
