// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.isolation.WorkerFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Objects that the operator is asked to make: ours are made to be judged, and never created. */
final class OperatorObjects implements Launching.Objects {
    private final Launching.Objects judged;
    private final Function<NativeCluster, JsonNode> resource;

    OperatorObjects(Launching.Objects judged, Function<NativeCluster, JsonNode> resource) {
        this.judged = requireNonNull(judged, "judged is null");
        this.resource = requireNonNull(resource, "resource is null");
    }

    @Override
    public NativeCluster make() throws WorkerFailure, IOException {
        return judged.make();
    }

    @Override
    public Optional<JsonNode> resource(NativeCluster made) {
        return Optional.of(resource.apply(made));
    }
}
