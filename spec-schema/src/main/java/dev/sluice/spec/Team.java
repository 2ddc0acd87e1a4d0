// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What jobs of one team may do. Once any team file exists, what no file allows is denied.
 *
 * @param owners at least one
 * @param channel name of a channel of the controller's own configuration
 */
public record Team(
        String name,
        List<String> owners,
        Allowed allowed,
        Quotas quotas,
        Optional<String> channel) {
    /**
     * What jobs may name.
     *
     * @param clusters names, or {@code *} for all
     * @param queues YARN queues beside the cluster's own
     * @param namespaces Kubernetes namespaces beside the cluster's own
     * @param artifactGroups Maven groups ({@code com.acme}, {@code com.acme.*}) and URL prefixes
     * @param vulnerabilities ids of weaknesses of Flink that scripts may be exposed to, because the
     *     Flink in use is fixed or the risk is taken
     */
    public record Allowed(
            List<String> clusters,
            List<String> queues,
            List<String> namespaces,
            List<String> artifactGroups,
            List<String> vulnerabilities) {
        public Allowed {
            clusters = List.copyOf(clusters);
            queues = List.copyOf(queues);
            namespaces = List.copyOf(namespaces);
            artifactGroups = List.copyOf(artifactGroups);
            vulnerabilities = List.copyOf(vulnerabilities);
        }

        public boolean cluster(String name) {
            return clusters.contains("*") || clusters.contains(name);
        }

        /** Whether a Maven group is one of the allowed, or below one that ends in {@code .*}. */
        public boolean group(String group) {
            return artifactGroups.stream()
                    .anyMatch(allowed -> allowed.equals(group)
                            || allowed.endsWith(".*") && isBelow(group, allowed));
        }

        /** Whether an address begins with an allowed prefix; a prefix ends in {@code /}. */
        public boolean address(String url) {
            return artifactGroups.stream()
                    .anyMatch(
                            allowed -> allowed.matches("https?://.+/") && url.startsWith(allowed));
        }

        private static boolean isBelow(String group, String pattern) {
            String parent = pattern.substring(0, pattern.length() - 2);
            return group.equals(parent) || group.startsWith(parent + ".");
        }
    }

    /** Limits over all running jobs of the team in one environment. */
    public record Quotas(Optional<Integer> jobs, Optional<Integer> parallelism) {
        public Quotas {
            requireNonNull(jobs, "jobs is null");
            requireNonNull(parallelism, "parallelism is null");
        }
    }

    public Team {
        Names.require(name, "team", 20);
        owners = List.copyOf(owners);
        requireNonNull(allowed, "allowed is null");
        requireNonNull(quotas, "quotas is null");
        requireNonNull(channel, "channel is null");
    }
}
