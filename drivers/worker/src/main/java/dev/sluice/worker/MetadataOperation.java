// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code metadata}: which operators a savepoint or checkpoint holds state of. Reads no state itself. */
final class MetadataOperation implements Operation {
    private static final String FILE = "_metadata";

    @Override
    public JsonNode answer(JsonNode request) throws ProgramFault, IOException {
        Path folder = new Path(request.path("path").asText());
        Path file = folder.getName().equals(FILE) ? folder : new Path(folder, FILE);
        CheckpointMetadata metadata = read(file);
        ObjectNode result = Channel.object().put("checkpoint", metadata.getCheckpointId());
        ArrayNode operators = result.putArray("operators");
        metadata.getOperatorStates().forEach(state -> write(operators.addObject(), state));
        return result;
    }

    private static CheckpointMetadata read(Path file) throws ProgramFault, IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(file.getFileSystem().open(file)))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, MetadataOperation.class.getClassLoader(), file.toString());
        } catch (FileNotFoundException e) {
            throw new ProgramFault("there is no " + file);
        }
    }

    private static void write(ObjectNode operator, OperatorState state) {
        operator.put("id", state.getOperatorID().toString());
        Newer.text(state, "getOperatorUid").ifPresent(uid -> operator.put("uid", uid));
        Newer.text(state, "getOperatorName").ifPresent(name -> operator.put("name", name));
        operator.put("parallelism", state.getParallelism());
        operator.put("maxParallelism", state.getMaxParallelism());
        operator.put("bytes", state.getStateSize());
        // Flink refuses to leave out an operator only when one of these is true
        // (Checkpoints.loadAndValidateCheckpoint).
        operator.put(
                "hasState",
                state.getCoordinatorState() != null
                        || state.getStates().stream().anyMatch(OperatorSubtaskState::hasState));
    }
}
