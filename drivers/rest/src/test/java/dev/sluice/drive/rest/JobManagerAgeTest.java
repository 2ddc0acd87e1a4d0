// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobManagerAgeTest {
    private final FakeFlink flink = new FakeFlink();
    private final HandClock clock = new HandClock();
    private final JobManagerAge age =
            new JobManagerAge(new FlinkRest(flink.address(), RestLimits.DEFAULT), clock);

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void orphansAreExcludedWhenOneProcessOutlivesTheHeartbeatOfTheOneBefore() {
        answer("/tmp/flink-web-1", "8 s");

        boolean atOnce = age.orphansExcluded().isPresent();
        clock.pass(12);
        boolean tooEarly = age.orphansExcluded().isPresent();
        clock.pass(2);

        assertFalse(atOnce || tooEarly);
        assertTrue(age.orphansExcluded().isPresent());
    }

    @Test
    void anotherProcessStartsTheTimeAnew() {
        answer("/tmp/flink-web-1", "8 s");
        age.orphansExcluded();
        clock.pass(60);
        answer("/tmp/flink-web-2", "8 s");

        boolean excluded = age.orphansExcluded().isPresent();
        clock.pass(14);

        assertFalse(excluded);
        assertTrue(age.orphansExcluded().isPresent());
    }

    @Test
    void aProcessThatDoesNotAnswerProvesNothing() {
        answer("/tmp/flink-web-1", "8 s");
        age.orphansExcluded();
        clock.pass(60);
        flink.on("GET /jobmanager/config", 503, "{\"errors\":[\"no leader\"]}");

        assertFalse(age.orphansExcluded().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "50000, 50",
        "50 s, 50",
        "50s, 50",
        "6000 ms, 6",
        "2 min, 120",
        "1h, 3600",
        "PT1M, 60",
        "soon, 600",
        "3 fortnights, 600"
    })
    void durationsAreReadAsFlinkWritesThem(String text, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), FlinkDuration.parse(text));
    }

    private void answer(String id, String timeout) {
        flink.on(
                "GET /jobmanager/config",
                200,
                "[{\"key\":\"web.tmpdir\",\"value\":\"" + id
                        + "\"},{\"key\":\"heartbeat.timeout\",\"value\":\"" + timeout + "\"}]");
    }
}
