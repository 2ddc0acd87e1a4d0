// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.FlinkPipelineTranslationUtil;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.flink.streaming.api.graph.StreamNode;

/** The operators of a job and the ids under which Flink will look for their state. */
final class Graph {
    private final ClassLoader userClasses;
    private final Configuration configuration;
    private final int parallelism;

    Graph(ClassLoader userClasses, Configuration configuration, int parallelism) {
        this.userClasses = userClasses;
        this.configuration = configuration;
        this.parallelism = parallelism;
    }

    ObjectNode describe(Pipeline pipeline) throws ProgramFault {
        ObjectNode result = Channel.object();
        Map<String, StreamNode> nodes = new HashMap<>();
        if (pipeline instanceof StreamGraph) {
            StreamGraph graph = (StreamGraph) pipeline;
            result.put("plan", graph.getStreamingPlanAsJSON());
            nodes.putAll(nodes(graph));
        }
        ArrayNode operators = result.putArray("operators");
        for (JobVertex vertex : graph(pipeline).getVerticesSortedTopologicallyFromSources()) {
            List<OperatorIDPair> pairs = vertex.getOperatorIDs();
            // Flink lists the operators of a chain from its end.
            for (int index = pairs.size() - 1; index >= 0; index--) {
                write(operators.addObject(), vertex, pairs.get(index), nodes);
            }
        }
        return result;
    }

    /** As Flink's own client writes it for a master that reads it at its start. */
    void write(Pipeline pipeline, Path file) throws ProgramFault, IOException {
        JobGraph graph = graph(pipeline);
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(graph);
        } catch (NotSerializableException e) {
            throw new ProgramFault(
                    "an object of " + e.getMessage() + " in the job's graph cannot be"
                            + " written down, as per-job mode does; use 'mode: application'");
        }
    }

    private JobGraph graph(Pipeline pipeline) throws ProgramFault {
        try {
            return FlinkPipelineTranslationUtil.getJobGraphUnderUserClassLoader(
                    userClasses, pipeline, configuration, parallelism);
        } catch (RuntimeException | LinkageError e) {
            throw ProgramFault.of(e);
        }
    }

    /** Before the job graph is made: that pins the ids in the nodes, this reads them. */
    private static Map<String, StreamNode> nodes(StreamGraph graph) {
        Map<Integer, byte[]> hashes =
                new StreamGraphHasherV2().traverseStreamGraphAndGenerateHashes(graph);
        Map<String, StreamNode> nodes = new HashMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            nodes.put(new OperatorID(hashes.get(node.getId())).toString(), node);
        }
        return nodes;
    }

    private static void write(
            ObjectNode operator,
            JobVertex vertex,
            OperatorIDPair pair,
            Map<String, StreamNode> nodes) {
        String id = pair.getGeneratedOperatorID().toString();
        operator.put("id", id);
        pair.getUserDefinedOperatorID().ifPresent(hash -> operator.put("uidHash", hash.toString()));
        // Flink compares the state with the parallelism of the vertex (Checkpoints 129-224).
        operator.put("parallelism", vertex.getParallelism());
        operator.put("maxParallelism", vertex.getMaxParallelism());
        StreamNode node = nodes.get(id);
        operator.put("name", node == null ? vertex.getName() : node.getOperatorName());
        operator.put("keyed", node != null && node.getStatePartitioners().length > 0);
        if (node != null && node.getTransformationUID() != null) {
            operator.put("uid", node.getTransformationUID());
        }
    }
}
