// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One turnstile a cluster, so that no cluster's calls count for another. */
final class Turnstiles {
    private final Turnstile.Limits limits;
    private final Map<String, Turnstile> byCluster = new TreeMap<>();

    Turnstiles(Turnstile.Limits limits) {
        this.limits = requireNonNull(limits, "limits is null");
    }

    Turnstile of(String cluster) {
        return byCluster.computeIfAbsent(cluster, name -> new Turnstile(name, limits));
    }

    /** Calls that have become overdue, on any cluster. */
    List<Turnstile.Call> overdue(Instant now) {
        List<Turnstile.Call> late = new ArrayList<>();
        byCluster.values().forEach(turnstile -> late.addAll(turnstile.overdue(now)));
        return late;
    }
}
