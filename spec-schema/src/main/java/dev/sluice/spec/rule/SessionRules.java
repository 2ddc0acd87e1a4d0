// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the session clusters of an environment may not configure: what a job may not either. */
public final class SessionRules {
    private SessionRules() {}

    /** @param environment the file */
    public static void check(Node.Mapping environment, Findings findings) {
        maps(environment, "", "clusters")
                .forEach((at, cluster) -> maps(cluster, at, "sessions")
                        .forEach((below, session) -> {
                            for (List<ReservedConfiguration.Rule> rules :
                                    List.of(ReservedConfiguration.RULES, KubernetesRules.KEYS)) {
                                ReservedConfiguration.check(session, below, rules, findings);
                            }
                        }));
    }

    /** The maps of a map by their pointers. */
    private static SortedMap<String, Node.Mapping> maps(
            Node.Mapping parent, String pointer, String field) {
        TreeMap<String, Node.Mapping> maps = new TreeMap<>();
        if (parent.find(field).orElse(parent) instanceof Node.Mapping found && found != parent) {
            for (Map.Entry<String, Node.Entry> entry : found.entries().entrySet()) {
                if (entry.getValue().value() instanceof Node.Mapping map) {
                    maps.put(pointer + "/" + field + "/" + entry.getKey(), map);
                }
            }
        }
        return maps;
    }
}
