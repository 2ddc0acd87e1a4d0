// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Policy;
import dev.sluice.spec.Policy.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code policy.yaml}; a finding there holds the commit back, so that no slip loosens a rule. */
public final class PolicyBinder {
    private PolicyBinder() {}

    public static Policy bind(Fields fields) {
        Fields queues = fields.below("queues");
        SortedMap<String, Integer> byQueue = new TreeMap<>();
        for (String queue : queues.names()) {
            queues.integer(queue, 1).ifPresent(most -> byQueue.put(queue, most));
        }
        Map<String, Change> words = Words.of(Change.class);
        List<Change> needApproval = fields.list("needApproval").stream()
                .map(words::get)
                .flatMap(change -> Optional.ofNullable(change).stream())
                .distinct()
                .toList();
        return new Policy(
                fields.integer("maxConcurrentRestarts", 1),
                byQueue,
                fields.integer("canary", 0),
                fields.duration("canaryTimeout"),
                fields.integer("stopAfterFailures", 1),
                fields.integer("massChangePercent", 0).filter(percent -> percent <= 100),
                needApproval);
    }
}
