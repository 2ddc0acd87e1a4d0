// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.kubernetes.KubernetesClusterClientFactory;
import org.apache.flink.kubernetes.kubeclient.FlinkPod;
import org.apache.flink.kubernetes.kubeclient.KubernetesJobManagerSpecification;
import org.apache.flink.kubernetes.kubeclient.factory.KubernetesJobManagerFactory;
import org.apache.flink.kubernetes.kubeclient.parameters.KubernetesJobManagerParameters;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code kubernetes}: the objects of a native cluster as this version of Flink makes them. Nothing is
 * sent to Kubernetes: {@code KubernetesClusterDescriptor} deletes the whole cluster when it cannot
 * create it, and a cluster that is there already is such a case.
 */
final class KubernetesOperation implements Operation {
    private static final String CONFIGURATION_FOLDER = "$internal.deployment.config-dir";
    private static final String TASK_MANAGER_TEMPLATE = "kubernetes.pod-template-file.taskmanager";

    @Override
    public JsonNode answer(JsonNode request) throws Exception {
        Path folder = Files.createTempDirectory("kubernetes");
        try {
            Configuration configuration = configuration(request, folder);
            KubernetesJobManagerParameters parameters = new KubernetesJobManagerParameters(
                    configuration,
                    new KubernetesClusterClientFactory().getClusterSpecification(configuration));
            return objects(KubernetesJobManagerFactory.buildKubernetesJobManagerSpecification(
                    new FlinkPod.Builder().build(), parameters));
        } catch (IllegalConfigurationException | IllegalArgumentException e) {
            throw ProgramFault.of(e);
        } finally {
            delete(folder);
        }
    }

    private static Configuration configuration(JsonNode request, Path folder) throws IOException {
        Configuration configuration = new Configuration();
        request.path("configuration")
                .fields()
                .forEachRemaining(entry ->
                        configuration.setString(entry.getKey(), entry.getValue().asText()));
        configuration.setString(CONFIGURATION_FOLDER, folder.toString());
        write(folder.resolve("log4j-console.properties"), request.path("logging"));
        Path template = folder.resolve("taskmanager.yaml");
        write(template, request.path("taskManagerTemplate"));
        configuration.setString(TASK_MANAGER_TEMPLATE, template.toString());
        if (request.hasNonNull("arguments")) {
            List<String> arguments = new ArrayList<>();
            request.path("arguments").forEach(argument -> arguments.add(argument.asText()));
            new ApplicationConfiguration(
                            arguments.toArray(new String[0]),
                            request.path("mainClass").asText(null))
                    .applyToConfiguration(configuration);
        }
        return configuration;
    }

    private static void write(Path file, JsonNode text) throws IOException {
        Files.write(file, text.asText().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode objects(KubernetesJobManagerSpecification specification)
            throws ReflectiveOperationException, IOException {
        // Looked up by name: their types lie in another package in 1.15 than from 1.16 on.
        Object deployment = call(specification, "getDeployment");
        ObjectNode result = Channel.object();
        result.set("deployment", json(deployment));
        ArrayNode resources = result.putArray("resources");
        for (Object resource : (List<?>) call(specification, "getAccompanyingResources")) {
            resources.add(json(resource));
        }
        return result;
    }

    private static Object call(Object of, String accessor) throws ReflectiveOperationException {
        return of.getClass().getMethod(accessor).invoke(of);
    }

    private static JsonNode json(Object resource) throws ReflectiveOperationException, IOException {
        String name = resource.getClass().getName();
        String client = name.substring(0, name.indexOf(".kubernetes.api.model."));
        Object text = Class.forName(client + ".kubernetes.client.utils.Serialization")
                .getMethod("asJson", Object.class)
                .invoke(null, resource);
        return Channel.read(text.toString());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }
}
