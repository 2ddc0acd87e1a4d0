// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.Cluster;
import java.util.List;
import java.util.Optional;

/** Where the jobs of a cluster entry live and their state lies; what else it says may change. */
final class ClusterPlace {
    private ClusterPlace() {}

    static boolean isSame(Cluster one, Cluster other) {
        return of(one).equals(of(other));
    }

    private static List<Object> of(Cluster cluster) {
        Optional<String> state = cluster.basics().stateDir();
        if (cluster instanceof Cluster.Standalone standalone) {
            return List.of(cluster.kind(), state, standalone.url(), standalone.version());
        }
        if (cluster instanceof Cluster.Yarn yarn) {
            return List.of(cluster.kind(), state, yarn.hadoopConfDir());
        }
        if (cluster instanceof Cluster.Kubernetes kubernetes) {
            return List.of(
                    cluster.kind(),
                    state,
                    kubernetes.kubeconfig(),
                    kubernetes.context(),
                    kubernetes.namespace());
        }
        return List.of(cluster.kind(), state);
    }
}
