// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody's Flink folder is good for.
 *
 * @param home present when no finding is an error
 * @param patch the release found there, also when the folder cannot be used
 * @param findings errors first
 */
public record HomeInspection(
        Optional<FlinkHome> home, Optional<String> patch, List<HomeFinding> findings) {
    public HomeInspection {
        requireNonNull(home, "home is null");
        requireNonNull(patch, "patch is null");
        findings = List.copyOf(findings);
        if (home.isPresent() && findings.stream().anyMatch(HomeFinding::isError)) {
            throw new IllegalArgumentException("a home with errors is none");
        }
    }

    /**
     * The home.
     *
     * @throws ArtifactFailure with every error
     */
    public FlinkHome require() throws ArtifactFailure {
        if (home.isPresent()) {
            return home.get();
        }
        throw new ArtifactFailure(
                false,
                findings.stream()
                        .filter(HomeFinding::isError)
                        .map(HomeFinding::toString)
                        .collect(Collectors.joining("; ")));
    }
}
