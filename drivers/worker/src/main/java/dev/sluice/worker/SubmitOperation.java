// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.cli.ExecutionConfigAccessor;
import org.apache.flink.client.deployment.ClusterSpecification;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.yarn.YarnClientYarnClusterInformationRetriever;
import org.apache.flink.yarn.YarnClusterClientFactory;
import org.apache.flink.yarn.YarnClusterDescriptor;
import org.apache.flink.yarn.configuration.YarnLogConfigUtil;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;

/**
 * {@code submit}: brings one job as a Flink application to YARN, as a graph that was made before where
 * one is named, or a session cluster where no main class is named, under an id that was reserved before. Answers as soon as the ResourceManager has
 * taken it.
 *
 * <p>Answers {@code submitted: false} with a cause when it is certain that the ResourceManager has no
 * such application. Any other failure is a failure of the request: somebody must look.
 */
final class SubmitOperation implements Operation {
    private static final String JOB_ID = "$internal.pipeline.job-id";

    @Override
    public JsonNode answer(JsonNode request) throws Exception {
        ApplicationId id = ApplicationId.fromString(request.path("application").asText());
        YarnConfiguration hadoop = Hadoop.configuration();
        try (FixedIdClient client = new FixedIdClient(id)) {
            client.init(hadoop);
            client.start();
            try {
                submit(request, hadoop, client);
                return Channel.object().put("submitted", true);
            } catch (Exception e) {
                if (client.hasAsked() && isThere(client, id)) {
                    throw e;
                }
                return Channel.object()
                        .put("submitted", false)
                        .put("cause", ProgramFault.of(e).getMessage());
            }
        }
    }

    private static boolean isThere(FixedIdClient client, ApplicationId id) throws Exception {
        try {
            client.getApplicationReport(id);
            return true;
        } catch (ApplicationNotFoundException notTaken) {
            return false;
        }
    }

    /** Per-job mode is deprecated since Flink 1.15; whoever uses it says so in the repository. */
    @SuppressWarnings("deprecation")
    private static void submit(JsonNode request, YarnConfiguration hadoop, FixedIdClient client)
            throws Exception {
        Configuration flink = configuration(request);
        YarnLogConfigUtil.setLogConfigFileInConfig(
                flink, request.path("logging").asText());
        ClusterSpecification size = new YarnClusterClientFactory().getClusterSpecification(flink);
        try (YarnClusterDescriptor descriptor = new YarnClusterDescriptor(
                flink,
                hadoop,
                client,
                YarnClientYarnClusterInformationRetriever.create(client),
                true)) {
            if (request.has("graph")) {
                descriptor.deployJobCluster(size, graph(request, flink), endsWithItsJob(request));
            } else if (request.has("mainClass")) {
                descriptor.deployApplicationCluster(size, program(request));
            } else {
                descriptor.deploySessionCluster(size);
            }
        }
    }

    /** What only the controller decides is set here, where no program has a say in it. */
    private static JobGraph graph(JsonNode request, Configuration flink) throws Exception {
        ExecutionConfigAccessor accessor = ExecutionConfigAccessor.fromConfiguration(flink);
        JobGraph graph = GraphFile.read(Paths.get(request.path("graph").asText()));
        graph.setJobID(JobID.fromHexString(key(request, JOB_ID)));
        graph.addJars(accessor.getJars());
        graph.setClasspaths(accessor.getClasspaths());
        graph.setSavepointRestoreSettings(accessor.getSavepointRestoreSettings());
        return graph;
    }

    /**
     * Flink reads this key in application mode only. In per-job mode a master that was submitted as
     * detached ends with its job, and any other stays until it is told to end (MiniDispatcher).
     */
    private static boolean endsWithItsJob(JsonNode request) {
        return Boolean.parseBoolean(key(request, "execution.shutdown-on-application-finish"));
    }

    private static String key(JsonNode request, String name) {
        return request.path("configuration").path(name).asText();
    }

    private static ApplicationConfiguration program(JsonNode request) {
        List<String> arguments = new ArrayList<>();
        request.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        return new ApplicationConfiguration(
                arguments.toArray(new String[0]), request.path("mainClass").asText());
    }

    private static Configuration configuration(JsonNode request) {
        Configuration configuration = new Configuration();
        request.path("configuration")
                .fields()
                .forEachRemaining(field ->
                        configuration.setString(field.getKey(), field.getValue().asText()));
        return configuration;
    }
}
