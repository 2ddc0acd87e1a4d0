// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.Team;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves the artifacts of a job: places in the tree, digests from the lock file, what the team may load. */
final class ArtifactFiles {
    private static final String POINTER = "/dependencies";

    private final TreeFiles files;
    private final TreePaths paths;
    private final LockFile lock;
    private final Optional<Team> team;
    private final Findings findings;
    private final Map<String, Node.Entry> digests = new LinkedHashMap<>();
    private final List<Node.Scalar> roots = new ArrayList<>();
    private final List<JobArtifacts.Named> named = new ArrayList<>();

    ArtifactFiles(
            TreeFiles files,
            TreePaths paths,
            LockFile lock,
            Optional<Team> team,
            Findings findings) {
        this.files = files;
        this.paths = paths;
        this.lock = lock;
        this.team = team;
        this.findings = findings;
    }

    /** The job with resolved names and, beside them, an {@code artifacts} map of digests. */
    Node.Mapping load(Node.Mapping job) {
        Node.Mapping resolved = job;
        Optional<Node> jar = Pointers.find(job, "/jar/artifact");
        if (jar.isPresent() && jar.get() instanceof Node.Scalar name) {
            Node.Entry entry = job.entries().get("jar");
            Node.Mapping changed = ((Node.Mapping) entry.value())
                    .with("artifact", new Node.Entry(name.at(), one(name, "/jar/artifact")));
            resolved = resolved.with("jar", new Node.Entry(entry.key(), changed));
        }
        Optional<Node> dependencies = job.find("dependencies");
        if (dependencies.isPresent() && dependencies.get() instanceof Node.Sequence list) {
            Node.Entry entry = job.entries().get("dependencies");
            resolved = resolved.with("dependencies", new Node.Entry(entry.key(), all(list)));
        }
        if (isTransitive(job)) {
            resolved = withNeeds(resolved);
        }
        Node.Mapping found = new Node.Mapping(digests, job.at());
        return resolved.with("artifacts", new Node.Entry(job.at(), found));
    }

    /** What the job names, found by {@link #load}. */
    JobArtifacts named(JobKey key, Node.Mapping job) {
        Optional<String> version = job.find("flink")
                .filter(Node.Mapping.class::isInstance)
                .flatMap(flink -> ((Node.Mapping) flink).text("version"));
        return new JobArtifacts(key, lock, version, named, isTransitive(job), exclude(job));
    }

    private Node.Mapping withNeeds(Node.Mapping job) {
        List<Node.Scalar> needs =
                new TransitiveArtifacts(lock, team, exclude(job), findings).of(roots);
        List<Node> items = new ArrayList<>();
        if (job.find("dependencies").orElse(null) instanceof Node.Sequence list) {
            items.addAll(list.items());
        }
        for (Node.Scalar need : needs) {
            digest(need, POINTER);
            items.add(need);
        }
        Node.Sequence all = new Node.Sequence(items, job.at());
        return job.with("dependencies", new Node.Entry(job.at(), all));
    }

    private static boolean isTransitive(Node.Mapping job) {
        return job.text("transitive").filter("true"::equalsIgnoreCase).isPresent();
    }

    private static List<String> exclude(Node.Mapping job) {
        List<String> exclude = new ArrayList<>();
        if (job.find("exclude").orElse(null) instanceof Node.Sequence list) {
            list.items().stream()
                    .filter(Node.Scalar.class::isInstance)
                    .forEach(item -> exclude.add(((Node.Scalar) item).text()));
        }
        return exclude.stream().sorted().distinct().toList();
    }

    private Node.Sequence all(Node.Sequence list) {
        List<Node> items = new ArrayList<>();
        for (Node item : list.items()) {
            items.add(
                    item instanceof Node.Scalar name
                            ? one(name, "/dependencies/" + items.size())
                            : item);
        }
        return new Node.Sequence(items, list.at());
    }

    private Node.Scalar one(Node.Scalar name, String pointer) {
        Coordinate coordinate = Coordinate.of(name.text());
        if (coordinate instanceof Coordinate.InTree) {
            return inTree(name, pointer);
        }
        if (coordinate instanceof Coordinate.Maven maven) {
            maven(maven, name, pointer);
            if (maven.isMoving()) {
                return name; // no digest would help
            }
        }
        if (coordinate instanceof Coordinate.Address address) {
            if (address.hasCredentials()) {
                findings.error(
                        "artifact-address",
                        name.at(),
                        pointer,
                        "expected an address without user and password, found one with them",
                        "remove them, and change the password: git keeps it");
                return name;
            }
            allowed(team.isEmpty() || team.get().allowed().address(address.url()), name, pointer);
        }
        roots.add(name);
        named.add(new JobArtifacts.Named(name.text(), name.at(), Optional.empty()));
        digest(name, pointer);
        return name;
    }

    private void digest(Node.Scalar name, String pointer) {
        lock.find(name.text())
                .ifPresentOrElse(
                        row -> put(name.text(), row.digest().hex(), name.at()),
                        () -> unlocked(name, pointer));
    }

    private void maven(Coordinate.Maven maven, Node.Scalar name, String pointer) {
        if (maven.isMoving()) {
            findings.error(
                    "moving-version",
                    name.at(),
                    pointer,
                    "expected a fixed version, found \"" + maven.version() + "\"",
                    "name a released version; ranges, SNAPSHOT and LATEST change under a job");
        }
        allowed(team.isEmpty() || team.get().allowed().group(maven.group()), name, pointer);
    }

    private void allowed(boolean allowed, Node.Scalar name, String pointer) {
        if (!allowed) {
            findings.error(
                    "team-denied",
                    name.at(),
                    pointer,
                    "the team may not load " + name.text(),
                    "ask whoever owns teams/" + team.map(Team::name).orElse("")
                            + ".yaml to add its group to 'allow.artifactGroups'");
        }
    }

    private void unlocked(Node.Scalar name, String pointer) {
        findings.error(
                "not-locked",
                name.at(),
                pointer,
                name.text() + " is not locked: expected its digest in " + lock.path()
                        + ", found none",
                "run 'sluice lock'");
    }

    private Node.Scalar inTree(Node.Scalar name, String pointer) {
        Optional<Tree.Entry> entry = paths.resolve(name.text(), name.at(), pointer);
        Optional<byte[]> bytes = entry.flatMap(
                found -> files.read(found, ArtifactLimits.JAR_BYTES, name.at(), findings));
        if (bytes.isEmpty()) {
            return name;
        }
        String digest = Digest.of(bytes.get()).hex();
        JobArtifacts.TreeFile file =
                new JobArtifacts.TreeFile(entry.get().path(), new Digest(digest));
        named.add(new JobArtifacts.Named(name.text(), name.at(), Optional.of(file)));
        if (lock.isThere() && lock.find(name.text()).isEmpty()) {
            unlocked(name, pointer);
        }
        boolean isStale = lock.find(name.text())
                .filter(row -> !row.digest().hex().equals(digest))
                .isPresent();
        if (isStale) {
            findings.error(
                    "not-locked",
                    name.at(),
                    pointer,
                    name.text() + " is not locked as it is: expected the bytes that " + lock.path()
                            + " names, found other ones in " + entry.get().path(),
                    "run 'sluice lock' if the change is meant");
        }
        put(entry.get().path(), digest, name.at());
        return Node.Scalar.string(entry.get().path(), name.at());
    }

    private void put(String coordinate, String digest, SourceLocation at) {
        digests.put(coordinate, new Node.Entry(at, Node.Scalar.string(digest, at)));
    }
}
