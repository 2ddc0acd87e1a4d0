// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.isolation.NativeRequest;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.spec.ClusterBasics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the objects of a session cluster: Flink's own, with the pod template of its declaration. */
final class SessionObjects {
    private final FlinkWorkers workers;

    SessionObjects(FlinkWorkers workers) {
        this.workers = requireNonNull(workers, "workers is null");
    }

    NativeCluster make(
            FlinkHome home,
            SessionIdentity identity,
            ClusterBasics.Session session,
            SortedMap<String, String> configuration)
            throws WorkerFailure {
        SortedMap<String, String> options = session.kubernetes();
        JsonNode template = ResolvConf.into(
                ApplicationObjects.template(options), options, identity.clusterId());
        NativeCluster made = workers.kubernetes(
                home,
                new NativeRequest(
                        configuration,
                        ApplicationObjects.LOGGING,
                        ApplicationObjects.named(template).toString(),
                        Optional.empty()));
        ObjectNode deployment = Json.read(made.deployment());
        ObjectNode spec = deployment.withObject("spec");
        spec.set("template", Json.merge(template, spec.withObject("template")));
        ObjectNode labels = deployment.withObject("metadata").withObject("labels");
        identity.labels().forEach(labels::put);
        List<String> resources = new ArrayList<>();
        ResolvConf.objects(options, identity.clusterId())
                .forEach(object -> resources.add(object.toString()));
        resources.addAll(made.resources());
        return new NativeCluster(deployment.toString(), resources);
    }
}
