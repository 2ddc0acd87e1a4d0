// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is odd about the names of files: a file that nobody reads is a silent mistake. */
final class TreeRules {
    private static final List<String> ENVIRONMENT_FILES =
            List.of("environment.yaml", "variables.yaml", "allowances.yaml", "policy.yaml");

    private final Tree tree;
    private final String environment;
    private final Findings findings;

    TreeRules(Tree tree, String environment, Findings findings) {
        this.tree = tree;
        this.environment = "environments/" + environment + "/";
        this.findings = findings;
    }

    void check() {
        Map<String, String> seen = new HashMap<>();
        for (String path : tree.entries().keySet()) {
            String other = seen.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
            if (other != null) {
                findings.warning(
                        "case-clash",
                        new SourceLocation(path, 1, 1),
                        "",
                        "found another file whose name differs only in case: " + other,
                        "rename one of them; some file systems keep only one");
            }
            expected(path)
                    .ifPresent(name -> findings.warning(
                            "misnamed-file",
                            new SourceLocation(path, 1, 1),
                            "",
                            "nobody reads this file",
                            "did you mean '" + name + "'?"));
        }
    }

    /** The name that a file should have had, when it looks like a slip. */
    private Optional<String> expected(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("jobs/")) {
            return slip(file, List.of("job.yaml"), List.of("job.yml"));
        }
        if (path.startsWith(environment)) {
            return ENVIRONMENT_FILES.contains(file)
                    ? Optional.empty()
                    : NearestName.of(file, ENVIRONMENT_FILES);
        }
        if (path.startsWith("teams/") && file.endsWith(".yml")) {
            return Optional.of(file.replace(".yml", ".yaml"));
        }
        return path.contains("/")
                ? Optional.empty()
                : slip(file, List.of("sluice.yaml"), List.of("sluice.yml"));
    }

    private static Optional<String> slip(String file, List<String> right, List<String> wrong) {
        boolean sameButCase =
                right.stream().anyMatch(name -> name.equalsIgnoreCase(file) && !name.equals(file));
        return sameButCase || wrong.contains(file.toLowerCase(Locale.ROOT))
                ? Optional.of(right.get(0))
                : Optional.empty();
    }
}
