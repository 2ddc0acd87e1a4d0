// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program in a folder that every pod mounts by the same path as Sluice.
 *
 * @param file see {@link ProgramFolder}
 */
record SharedProgram(Path file, Digest digest) implements PodProgram {
    SharedProgram {
        requireNonNull(file, "file is null");
        requireNonNull(digest, "digest is null");
    }

    @Override
    public String path() {
        return file.toString();
    }

    /** A container before Flink's ends well only when the program has the digest of the commit. */
    @Override
    public ObjectNode into(JsonNode pod, String clusterId) {
        ObjectNode merged = pod.asObject().deepCopy();
        ObjectNode spec = merged.withObject("spec");
        JsonNode main = PodProgram.main(spec);
        ObjectNode check = PodProgram.before(main, "sluice-check");
        check.putArray("command")
                .add("sh")
                .add("-c")
                .add("echo \"$1  $2\" | sha256sum -c")
                .add("check")
                .add(digest.hex())
                .add(file.toString());
        check.set("volumeMounts", main.path("volumeMounts"));
        spec.withArray("initContainers").add(check);
        return merged;
    }

    @Override
    public List<ObjectNode> objects(String clusterId) {
        return List.of();
    }
}
