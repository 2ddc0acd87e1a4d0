// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The objects of a Flink cluster in Kubernetes, each as JSON.
 *
 * @param deployment of the JobManager
 * @param resources what the deployment shall own: services, ConfigMaps
 */
public record NativeCluster(String deployment, List<String> resources) {
    public NativeCluster {
        requireNonNull(deployment, "deployment is null");
        resources = List.copyOf(resources);
    }
}
