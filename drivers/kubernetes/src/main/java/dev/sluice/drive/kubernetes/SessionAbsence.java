// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * Proof that no attempt of a job runs in a session cluster: each that may have jobs of the environment
 * denies it, or says that it has ended. One that is gone has no job, once what its high availability left
 * is removed: that would bring its jobs back with the next one of the name.
 */
final class SessionAbsence {
    private final Namespace namespace;
    private final Sessions sessions;
    private final String cluster;
    private final SortedMap<String, ClusterBasics.Session> declared;

    /** @param cluster name of the cluster entry */
    SessionAbsence(
            Namespace namespace,
            Sessions sessions,
            String cluster,
            SortedMap<String, ClusterBasics.Session> declared) {
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.declared = requireNonNull(declared, "declared is null");
    }

    /** @param before what was found out about clusters of the job's own */
    Proof prove(ProofRequest request, String before) throws KubeFailure {
        clear(request.key());
        List<String> evidence = new ArrayList<>(List.of(before));
        Verdict verdict = Verdict.ABSENT;
        for (SessionCluster session : sessions.answering(request.key())) {
            Proof proof = session.proveAbsent(request.attempts());
            if (proof.verdict() == Verdict.PRESENT) {
                return proof;
            }
            verdict = proof.verdict() == Verdict.UNKNOWN ? Verdict.UNKNOWN : verdict;
            evidence.addAll(proof.evidence());
        }
        return new Proof(verdict, evidence);
    }

    private void clear(JobKey key) throws KubeFailure {
        for (Map.Entry<String, ClusterBasics.Session> session : declared.entrySet()) {
            SessionIdentity identity = SessionIdentity.of(
                    key, cluster, session.getKey(), session.getValue().version());
            List<JsonNode> left = namespace.highAvailability(identity.clusterId());
            if (!left.isEmpty() && namespace.look(identity.labels()).isEmpty()) {
                namespace.deleteUnchanged(left);
            }
        }
    }
}
