// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.Team;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.sql.SqlWords;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A script that a known weakness of its Flink version can be reached from. Only the minor version is
 * known here, so its fixed release counts as not yet in use: whoever runs it says so in the team's file.
 * Without team files everybody is trusted, and the finding is a warning.
 */
public final class VulnerableScript {
    private static final String POINTER = "/flink/version";

    private final Node.Mapping job;
    private final Findings findings;

    /** A script of an effective job. */
    public VulnerableScript(Node.Mapping job, Findings findings) {
        this.job = job;
        this.findings = findings;
    }

    /** Tells each weakness at the place that names the version. */
    public void check(Optional<Team> team) {
        Optional<String> version = text(POINTER).filter(FlinkVersions.SUPPORTED::contains);
        Optional<String> script = text("/sql/text");
        if (version.isEmpty() || script.isEmpty()) {
            return;
        }
        for (Vulnerability weakness : Vulnerabilities.KNOWN) {
            if (weakness.affects(version.get())) {
                SortedSet<String> reached =
                        SqlWords.used(script.get(), weakness.wordsIn(version.get()));
                if (!reached.isEmpty()) {
                    tell(weakness, version.get(), reached, team);
                }
            }
        }
    }

    private void tell(
            Vulnerability weakness,
            String version,
            SortedSet<String> reached,
            Optional<Team> team) {
        String message = weakness.id() + " of Flink " + version + ": " + weakness.summary()
                + ", and this script uses " + String.join(", ", reached);
        String upgrade = weakness.fixFor(version)
                .map(fix -> "run " + fix + " or newer")
                .orElse("move to " + String.join(", ", weakness.fixed())
                        + " or newer, no release of " + version + " is fixed");
        if (team.isEmpty()) {
            findings.warning(
                    "vulnerable-flink", Pointers.locate(job, POINTER), POINTER, message, upgrade);
        } else if (!team.get().allowed().vulnerabilities().contains(weakness.id())) {
            findings.error(
                    "vulnerable-flink",
                    Pointers.locate(job, POINTER),
                    POINTER,
                    message,
                    upgrade + ", then let whoever owns teams/" + team.get().name() + ".yaml add "
                            + weakness.id() + " to 'allow.vulnerabilities'");
        }
    }

    private Optional<String> text(String pointer) {
        return Pointers.find(job, pointer)
                .filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).text());
    }
}
