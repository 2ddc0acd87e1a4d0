// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.rest.RestFailure.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is not what Flink answers is no answer: least of all "nothing there". */
class RestReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "7",
                "{\"jobs\":{},\"status\":{},\"latest\":7,\"counts\":[]}",
                "{\"status\":{\"id\":7},\"state\":\"DONE\",\"latest\":{}}",
                "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{}}",
                "{\"status\":{\"id\":\"DONE\"},\"operation\":{\"location\":\"file:/s\"}}",
                "{\"jobs\":[{\"jid\":7}],\"latest\":{\"restored\":null}}"
            })
    void everyReaderRefusesWhatIsNoAnswer(String text) {
        JsonNode body = JSON.readTree(text);

        for (Executable reading : List.<Executable>of(
                () -> RestReader.overview(body),
                () -> RestReader.job(body),
                () -> RestReader.trigger(body),
                () -> RestReader.checkpoints(body))) {
            RestFailure failure = assertThrows(RestFailure.class, reading, text);
            assertEquals(Kind.MALFORMED, failure.kind());
        }
    }

    @Test
    void aJobThatRestoredNothingSaysSo() throws RestFailure {
        JsonNode body = JSON.readTree("""
                {"counts":{"completed":0,"failed":0},
                 "latest":{"completed":null,"savepoint":null,"failed":null,"restored":null}}""");

        CheckpointStatistics statistics = RestReader.checkpoints(body);

        assertEquals(Optional.empty(), statistics.restoredPath());
        assertEquals(0, statistics.completed());
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes.cluster-id,shop,true",
        "execution.target,yarn-session,true",
        "execution.target,remote,false"
    })
    void aClusterThatAsksForTaskManagersItselfIsKnownByItsConfiguration(
            String key, String value, boolean grows) throws RestFailure {
        JsonNode body = JSON.readTree("""
                [{"key":"web.tmpdir","value":"/tmp/flink-web-1"},
                 {"key":"%s","value":"%s"}]""".formatted(key, value));

        assertEquals(grows, RestReader.jobManager(body).grows());
    }
}
