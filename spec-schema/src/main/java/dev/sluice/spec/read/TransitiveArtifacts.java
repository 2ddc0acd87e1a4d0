// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Team;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds what the lock file says that the artifacts of a job need. A thing that the job names itself is
 * taken as the job names it; two versions of one thing that it does not name are an error.
 */
final class TransitiveArtifacts {
    private static final String POINTER = "/dependencies";

    private final LockFile lock;
    private final Optional<Team> team;
    private final List<String> exclude;
    private final Findings findings;
    private final Map<String, Node.Scalar> needed = new LinkedHashMap<>();
    private final Map<String, Node.Scalar> rootOf = new LinkedHashMap<>();

    TransitiveArtifacts(
            LockFile lock, Optional<Team> team, List<String> exclude, Findings findings) {
        this.lock = lock;
        this.team = team;
        this.exclude = exclude;
        this.findings = findings;
    }

    /** What is needed beside the roots, each at the place of the root that asks for it. */
    List<Node.Scalar> of(List<Node.Scalar> roots) {
        Set<String> own = new HashSet<>();
        for (Node.Scalar root : roots) {
            if (Coordinate.of(root.text()) instanceof Coordinate.Maven maven) {
                own.add(maven.unversioned());
            }
        }
        for (Node.Scalar root : roots) {
            if (Coordinate.of(root.text()) instanceof Coordinate.Maven) {
                add(root, own);
            }
        }
        return new ArrayList<>(needed.values());
    }

    private void add(Node.Scalar root, Set<String> own) {
        Optional<LockFile.Row> row = lock.find(root.text());
        Optional<List<String>> needs = row.flatMap(LockFile.Row::needs);
        boolean isCurrent = needs.isPresent() && row.get().without().equals(exclude);
        if (!isCurrent) {
            findings.error(
                    "not-locked",
                    root.at(),
                    POINTER,
                    "what " + root.text() + " needs is not locked: expected it in " + lock.path()
                            + ", found "
                            + (needs.isEmpty() ? "nothing" : "it with other exclusions"),
                    "run 'sluice lock'");
            return;
        }
        for (String need : needs.get()) {
            if (Coordinate.of(need) instanceof Coordinate.Maven maven
                    && !own.contains(maven.unversioned())) {
                add(root, maven, Node.Scalar.string(need, root.at()));
            }
        }
    }

    private void add(Node.Scalar root, Coordinate.Maven maven, Node.Scalar need) {
        if (team.isPresent() && !team.get().allowed().group(maven.group())) {
            findings.error(
                    "team-denied",
                    root.at(),
                    POINTER,
                    "the team may not load " + need.text() + ", which " + root.text() + " needs",
                    "exclude it, or ask whoever owns teams/" + team.get().name()
                            + ".yaml to add its group to 'allow.artifactGroups'");
        }
        Node.Scalar other = needed.putIfAbsent(maven.unversioned(), need);
        if (other == null) {
            rootOf.put(maven.unversioned(), root);
        } else if (!other.text().equals(need.text())) {
            findings.error(
                    "artifact-conflict",
                    root.at(),
                    POINTER,
                    root.text() + " needs " + need.text() + ", but "
                            + rootOf.get(maven.unversioned()).text() + " needs " + other.text(),
                    "name the one version to use in dependencies");
        }
    }
}
