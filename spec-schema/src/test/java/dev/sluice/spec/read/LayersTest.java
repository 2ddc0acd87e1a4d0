// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.layer.Layer;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.report.ExplanationReport;
import dev.sluice.spec.testing.MemoryTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the layers of a repository make of a job, and what they remember. */
class LayersTest {
    private static final MemoryTree TREE = BaseRepository.tree()
            .with("sluice.yaml", """
                    apiVersion: sluice/v1
                    kind: Repository
                    id: acme
                    defaults:
                      purpose: repository
                      owner: repository
                      dependencies: [com.acme:one:1, com.acme:two:1]
                      configuration: {a: repository, b: repository, c: repository}
                    flinkVersions:
                      "1.20": {purpose: flink, configuration: {a: flink}}
                      "2.0": {purpose: not this one}
                    """)
            .with("environments/test/environment.yaml", """
                    apiVersion: sluice/v1
                    kind: Environment
                    clusters: {main: {kind: local, stateDir: ./state}}
                    links: {grafana: "https://grafana", logs: "https://logs"}
                    defaults: {purpose: environment, criticality: high, links: {logs: "https://other"}}
                    """)
            .with("environments/test/variables.yaml", """
                    apiVersion: sluice/v1
                    kind: Variables
                    variables: {where: environment, size: 5}
                    """)
            .with("teams/payments.yaml", """
                    apiVersion: sluice/v1
                    kind: Team
                    name: payments
                    owners: [team@example.com]
                    allow: {clusters: [main], artifactGroups: [com.acme]}
                    defaults: {purpose: team, resources: {parallelism: 2}}
                    variables: {where: team, who: team}
                    """)
            .with("jobs/payments/orders/job.lock", """
                    apiVersion: sluice/v1
                    kind: Lock
                    artifacts:
                      - coordinate: "com.acme:one:1"
                        sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                      - coordinate: "com.acme:two:1"
                        sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                      - coordinate: "com.acme:three:1"
                        sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                    """)
            .with(BaseRepository.JOB_FILE, BaseRepository.JOB + """
                    resources: {parallelism: "${size}", taskManager: {memory: 2g}}
                    configuration: {b: null, d: "${where} ${who} ${what}"}
                    variables: {where: job, who: job, what: job, size: {type: number, value: 1}}
                    environments:
                      test: {dependencies: [com.acme:three:1], resources: {taskManager: {memory: 4g}}}
                      prod: {purpose: not this one}
                    """);

    private static final CommitReading READING =
            new SpecReader().read(TREE, "test", Optional.empty());

    @Test
    void strongerLayersWinMapsMergeListsReplaceAndNullDeletes() {
        JobSpec spec = spec();

        assertEquals("team", spec.ownership().purpose());
        assertEquals("team@example.com", spec.ownership().owner());
        assertEquals(
                "high", spec.ownership().criticality().name().toLowerCase(java.util.Locale.ROOT));
        assertEquals(
                Map.of("a", "flink", "c", "repository", "d", "environment team job"),
                spec.configuration());
        assertEquals(
                List.of("com.acme:three:1"),
                spec.dependencies().stream().map(jar -> jar.coordinate()).toList());
        assertEquals(Map.of("grafana", "https://grafana", "logs", "https://other"), spec.links());
        assertEquals(Optional.of("4g"), spec.resources().taskManager().memory());
    }

    @Test
    void aBareValueOfTheEnvironmentTakesTheTypeThatTheJobDeclares() {
        assertEquals(5, spec().resources().parallelism());
    }

    @Test
    void everyLeafRemembersWhereItComesFromAndWhatItOverrode() {
        Explanation explanation = SpecReader.explain(READING, spec().key()).orElseThrow();

        Origin memory = explanation.origins().get("/resources/taskManager/memory");

        assertEquals(Layer.Level.OVERLAY, memory.level());
        assertEquals("jobs/payments/orders/job.yaml:13:78", memory.at().toString());
        assertEquals("2g", memory.overrode().orElseThrow().written());
        assertEquals(
                List.of("team", "environment", "flink", "repository"),
                chain(explanation.origins().get("/purpose")));
        assertEquals(
                Set.of(),
                explanation
                        .origins()
                        .subMap("/configuration/b", "/configuration/c")
                        .keySet());
    }

    @Test
    void aScriptComesFromItsOwnFileByTheLayerThatNamesIt() {
        Explanation explanation = SpecReader.explain(READING, spec().key()).orElseThrow();

        Origin script = explanation.origins().get("/sql/text");

        assertEquals("jobs/payments/orders/job.sql:1:1", script.at().toString());
        assertEquals(Layer.Level.JOB, script.level());
    }

    @Test
    void anExplanationNamesValuePlaceAndWhatWasOverridden() {
        Explanation explanation = SpecReader.explain(READING, spec().key()).orElseThrow();

        String text = ExplanationReport.text(explanation);

        String expected = """
                resources.taskManager.memory = "4g"
                    from jobs/payments/orders/job.yaml:13:78 (job's environment overlay)
                    overrode "2g" of jobs/payments/orders/job.yaml:9:59 (job)
                """;
        assertTrue(text.contains(expected), text);
        assertTrue(text.contains("""
                upgrade.maxStateAge = "15m"
                    built-in default
                """), text);
        assertTrue(
                text.contains("\nflink.mode = \"session\"\n    built-in default of the cluster\n"));
        assertTrue(text.contains("    overrode \"\", built-in default\nrepository = "), text);
    }

    @Test
    void theReverseIndexNamesVariablesAndFiles() {
        Usage usage = READING.usage();

        assertEquals(Set.of("size", "what", "where", "who"), usage.variables().keySet());
        assertEquals(
                Set.of(
                        "environments/test/environment.yaml",
                        BaseRepository.SQL_FILE,
                        BaseRepository.JOB_FILE,
                        "jobs/payments/orders/job.lock",
                        "sluice.yaml",
                        "teams/payments.yaml"),
                usage.files().keySet());
    }

    @Test
    void anotherEnvironmentHasItsOwnOverlay() {
        MemoryTree both = TREE.with("environments/prod/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                clusters: {main: {kind: local, stateDir: ./state}}
                """);

        CommitReading prod = new SpecReader().read(both, "prod", Optional.empty());

        JobSpec spec = prod.jobs().values().iterator().next().spec();
        assertEquals("not this one", spec.ownership().purpose());
        assertEquals("team team job", spec.configuration().get("d"));
    }

    private static List<String> chain(Origin origin) {
        java.util.ArrayList<String> values = new java.util.ArrayList<>();
        Optional<Origin> current = Optional.of(origin);
        while (current.isPresent()) {
            values.add(current.get().written());
            current = current.get().overrode();
        }
        return values;
    }

    private static JobSpec spec() {
        assertEquals(1, READING.jobs().size(), () -> READING.findings().toString());
        return READING.jobs().values().iterator().next().spec();
    }
}
