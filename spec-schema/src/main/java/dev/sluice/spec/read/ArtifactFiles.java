// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Digest;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.Team;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resolves the artifacts of a job: places in the tree, digests from the lock file, what the team may load. */
final class ArtifactFiles {
    /** Bytes of a jar in the repository. */
    static final int JAR_BYTES = 128 * 1024 * 1024;

    private final TreeFiles files;
    private final TreePaths paths;
    private final Documents documents;
    private final String lockFile;
    private final Optional<Team> team;
    private final Findings findings;
    private final Map<String, Node.Entry> digests = new LinkedHashMap<>();
    private final SortedMap<String, String> locked = new TreeMap<>();
    private boolean hasLock;

    ArtifactFiles(
            TreeFiles files,
            TreePaths paths,
            Documents documents,
            String lockFile,
            Optional<Team> team,
            Findings findings) {
        this.files = files;
        this.paths = paths;
        this.documents = documents;
        this.lockFile = lockFile;
        this.team = team;
        this.findings = findings;
    }

    /** The job with resolved names and, beside them, an {@code artifacts} map of digests. */
    Node.Mapping load(Node.Mapping job) {
        readLock();
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
        Node.Mapping found = new Node.Mapping(digests, job.at());
        return resolved.with("artifacts", new Node.Entry(job.at(), found));
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
        }
        if (coordinate instanceof Coordinate.Address address) {
            allowed(team.isEmpty() || team.get().allowed().address(address.url()), name, pointer);
        }
        String digest = locked.get(name.text());
        if (digest != null) {
            put(name.text(), digest, name.at());
        } else {
            unlocked(name, pointer);
        }
        return name;
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
        String message = "expected a digest of " + name.text() + " in " + lockFile + ", found none";
        if (hasLock) {
            findings.error("not-locked", name.at(), pointer, message, "run 'sluice lock'");
        } else {
            findings.warning("not-locked", name.at(), pointer, message, "run 'sluice lock'");
        }
    }

    private Node.Scalar inTree(Node.Scalar name, String pointer) {
        Optional<Tree.Entry> entry = paths.resolve(name.text(), name.at(), pointer);
        Optional<byte[]> bytes =
                entry.flatMap(found -> files.read(found, JAR_BYTES, name.at(), findings));
        if (bytes.isEmpty()) {
            return name;
        }
        String digest = Digest.of(bytes.get()).hex();
        String lockedAs = locked.getOrDefault(name.text(), digest);
        if (!lockedAs.equals(digest)) {
            findings.error(
                    "not-locked",
                    name.at(),
                    pointer,
                    "expected the bytes that " + lockFile + " names, found other ones in "
                            + entry.get().path(),
                    "run 'sluice lock' if the change is meant");
        }
        put(entry.get().path(), digest, name.at());
        return Node.Scalar.string(entry.get().path(), name.at());
    }

    private void put(String coordinate, String digest, SourceLocation at) {
        digests.put(coordinate, new Node.Entry(at, Node.Scalar.string(digest, at)));
    }

    private void readLock() {
        Optional<Node> rows = files.find(lockFile)
                .flatMap(entry -> documents.read(files, entry, DocumentKind.LOCK, findings))
                .flatMap(checked -> checked.root().find("artifacts"));
        hasLock = rows.isPresent();
        if (rows.isPresent() && rows.get() instanceof Node.Sequence sequence) {
            for (Node row : sequence.items()) {
                if (row instanceof Node.Mapping map) {
                    map.text("coordinate")
                            .ifPresent(coordinate -> map.text("sha256")
                                    .ifPresent(sha -> locked.put(coordinate, sha)));
                }
            }
        }
    }
}
