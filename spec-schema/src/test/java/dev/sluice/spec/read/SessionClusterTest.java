// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.ClusterBasics;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a cluster entry says of a session cluster. */
class SessionClusterTest {
    @Test
    void itsProcessesAndItsQueueAreThoseOfItsDeclaration() {
        CommitReading reading = read("""
                version: "1.20"
                        resources: {jobManager: {memory: 1g}, taskManager: {memory: 2g, slots: 4}}
                        yarn: {queue: etl, nodeLabel: quick, priority: 3}
                """);

        ClusterBasics.Session session = reading.environment()
                .orElseThrow()
                .clusters()
                .get("main")
                .basics()
                .sessions()
                .get("small");
        assertEquals("1.20", session.version());
        assertEquals(Optional.of("1g"), session.resources().jobManager().memory());
        assertEquals(Optional.of("2g"), session.resources().taskManager().memory());
        assertEquals(Optional.of(4), session.resources().slots());
        assertEquals(Map.of("queue", "etl", "nodeLabel", "quick", "priority", "3"), session.yarn());
    }

    @Test
    void itsPodsAreThoseOfTheTemplateThatItNamesWithTheVariablesOfTheEnvironment() {
        CommitReading reading = new SpecReader()
                .read(
                        BaseRepository.tree()
                                .with("shared/pod.yaml", "spec: {priorityClassName: \"${class}\"}")
                                .with("environments/test/variables.yaml", """
                                apiVersion: sluice/v1
                                kind: Variables
                                variables: {class: batch}
                                """)
                                .with("environments/test/environment.yaml", IN_PODS),
                        "test",
                        Optional.empty());

        ClusterBasics.Session session = reading.environment()
                .orElseThrow()
                .clusters()
                .get("main")
                .basics()
                .sessions()
                .get("small");
        assertEquals(
                "{\"spec\":{\"priorityClassName\":\"batch\"}}",
                session.kubernetes().get("podTemplate"));
        assertEquals("jobs", session.kubernetes().get("serviceAccount"));
        assertEquals(Map.of("a.b", "1"), session.configuration());
    }

    private static final String IN_PODS = """
            apiVersion: sluice/v1
            kind: Environment
            clusters:
              main:
                kind: kubernetes
                namespace: flink
                stateDir: /state
                imageTags: allow
                images: {"1.20": flink}
                sessions:
                  small:
                    version: "1.20"
                    kubernetes: {podTemplate: shared/pod.yaml, serviceAccount: jobs}
                    configuration: {a: {b: 1}}
            """;

    private static CommitReading read(String session) {
        return new SpecReader()
                .read(
                        BaseRepository.tree()
                                .with(
                                        "environments/test/environment.yaml",
                                        """
                                apiVersion: sluice/v1
                                kind: Environment
                                clusters:
                                  main:
                                    kind: yarn
                                    hadoopConfDir: /etc/hadoop
                                    stateDir: "hdfs://names/s"
                                    sessions:
                                      small:
                                """ + "        " + session),
                        "test",
                        Optional.empty());
    }
}
