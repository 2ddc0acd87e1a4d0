// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistyped queue or label is told before anything is stopped, and what YARN may make is not. */
class PlacesTest {
    private static final String QUEUES = """
            [{"queueName":"default"},
             {"queueName":"teams","queues":{"queue":[{"queueName":"etl"}]}}]""";

    @TempDir
    Path folder;

    private ToyYarn yarn;
    private ToyController controller;

    @BeforeEach
    void open() throws IOException {
        yarn = new ToyYarn();
        yarn.queues("capacityScheduler", QUEUES);
        controller = ToyController.of(yarn, folder);
    }

    @AfterEach
    void close() {
        yarn.close();
    }

    @Test
    void aQueueIsKnownByItsNameAndByItsPath() throws IOException {
        for (String queue : List.of("default", "etl", "teams.etl", "root.teams.etl")) {
            assertEquals(Optional.empty(), queue(queue), queue);
        }
    }

    @Test
    void aQueueThatIsNotThereOrHoldsOthersIsRefusedWithTheNamesOfThoseThatAre() throws IOException {
        String are = "it has [root.default, root.teams.etl]: correct yarn.queue";

        for (String queue : List.of("elt", "tl", "teams", "root.teams", "groups.etl")) {
            assertEquals(
                    Optional.of("YARN has no queue '" + queue + "' for applications; " + are),
                    queue(queue));
        }
    }

    @Test
    void nothingIsSaidOfAQueueThatMayBeMade() throws IOException {
        Optional<String> belowAParent = queue("teams.joe");
        yarn.queues("fairScheduler", QUEUES);
        Optional<String> fair = queue("joe");

        assertEquals(Optional.empty(), belowAParent);
        assertEquals(Optional.empty(), fair);
    }

    @Test
    void aLabelThatNoNodeCanHaveIsRefusedWithTheNamesOfThoseThatAre() throws IOException {
        Optional<String> none = label("gpu");
        yarn.labels("{\"nodeLabelInfo\":{\"name\":\"quick\",\"exclusivity\":true}}");
        Optional<String> alone = label("quick");
        yarn.labels("{\"nodeLabelInfo\":[{\"name\":\"quick\"},{\"name\":\"big\"}]}");

        assertEquals(
                Optional.of("YARN has no node label 'gpu'; it has []: correct yarn.nodeLabel"),
                none);
        assertEquals(Optional.empty(), alone);
        assertEquals(Optional.empty(), label("big"));
        assertEquals(
                Optional.of("YARN has no node label 'gpu'; it has [big, quick]: correct"
                        + " yarn.nodeLabel"),
                label("gpu"));
    }

    @Test
    void whatNobodyAnswersIsNoRefusal() {
        yarn.close();

        assertThrows(IOException.class, () -> queue("default"));
        assertThrows(IOException.class, () -> label("quick"));
    }

    @Test
    void aQueueThatASessionClusterNamesIsAskedForWhereTheClusterIsYetToBeMade() throws Exception {
        SampleJob job = placed(Placement.in("shared"));
        yarn.queues("capacityScheduler", "[{\"queueName\":\"default\"}]");

        Optional<String> toBeMade = controller.places().refusal(job.effective().spec());
        controller.launching().start(Requests.start(job, 1, new RestoreFrom.Empty("first start")));
        Optional<String> waiting = controller.places().refusal(job.effective().spec());
        Set<String> clusters = Set.copyOf(yarn.applications());
        clusters.forEach(id -> yarn.become(id, "RUNNING"));
        Optional<String> running = controller.places().refusal(job.effective().spec());
        clusters.forEach(id -> yarn.become(id, "KILLED"));
        Optional<String> ended = controller.places().refusal(job.effective().spec());

        assertEquals(
                Optional.of("YARN has no queue 'etl' for applications; it has [root.default]:"
                        + " correct yarn.queue"),
                toBeMade);
        assertEquals(Optional.empty(), waiting);
        assertEquals(Optional.empty(), running);
        assertEquals(toBeMade, ended);
    }

    private Optional<String> queue(String queue) throws IOException {
        return refusal(Map.of("queue", queue));
    }

    private Optional<String> label(String label) throws IOException {
        return refusal(Map.of("nodeLabel", label));
    }

    private Optional<String> refusal(Map<String, String> asked) throws IOException {
        SampleJob job = placed(new Placement(
                FlinkTarget.Mode.APPLICATION,
                Process.UNSET,
                Process.UNSET,
                new TreeMap<>(),
                new RuntimeOptions(new TreeMap<>(), new TreeMap<>(asked))));
        return controller.places().refusal(job.effective().spec());
    }

    private static SampleJob placed(Placement placement) {
        SampleJob plain = ToyController.APPLICATION;
        return new SampleJob(plain.key(), plain.flinkVersion(), plain.sql(), 1, placement);
    }
}
