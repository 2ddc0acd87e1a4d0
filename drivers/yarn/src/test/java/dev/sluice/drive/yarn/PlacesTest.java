// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mistyped queue or label is told before anything is stopped, and what YARN may make is not. */
class PlacesTest {
    private static final String QUEUES = """
            [{"queueName":"default"},
             {"queueName":"teams","queues":{"queue":[{"queueName":"etl"}]}}]""";

    private ToyYarn yarn;
    private Places places;

    @BeforeEach
    void open() throws IOException {
        yarn = new ToyYarn();
        yarn.queues("capacityScheduler", QUEUES);
        places = new Places(new Reports(List.of(yarn.address())));
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

    private Optional<String> queue(String queue) throws IOException {
        return places.refusal(Map.of("queue", queue));
    }

    private Optional<String> label(String label) throws IOException {
        return places.refusal(Map.of("nodeLabel", label));
    }
}
