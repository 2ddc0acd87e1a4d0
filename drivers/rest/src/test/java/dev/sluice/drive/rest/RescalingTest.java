// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.drive.RescaleRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each answer that a change of the parallelism can get, and what it means. */
class RescalingTest {
    private static final JobKey KEY = new JobKey("repo", "test", "team", "job");
    private static final JobId JOB = JobId.of(KEY, 1);
    private static final RescaleRequest REQUEST = new RescaleRequest(KEY, 1, JOB, 2, 4, "1.20");
    private static final String PATH = "/jobs/" + JOB + "/resource-requirements";

    private final FakeFlink flink = new FakeFlink();

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void onlyVerticesOfTheOldParallelismGetTheNewOne() {
        flink.on("GET " + PATH, 200, body(bounds(1, 1), bounds(1, 2))).on("PUT " + PATH, 200, "{}");

        assertInstanceOf(Outcome.Done.class, rescale());

        assertEquals(
                List.of("PUT " + PATH + " " + body(bounds(1, 1), bounds(1, 4))), flink.effects());
    }

    @Test
    void theSameRequestAgainChangesNothing() {
        flink.on("GET " + PATH, 200, body(bounds(1, 1), bounds(1, 4)));

        assertInstanceOf(Outcome.Done.class, rescale());

        assertEquals(List.of(), flink.effects());
    }

    @Test
    void aSchedulerThatCannotRefusesForGood() {
        flink.on("GET " + PATH, 500, "{\"errors\":[\"UnsupportedOperationException\"]}");

        assertRefused(rescale());
    }

    @Test
    void aParallelismThatFlinkDoesNotTakeIsRefusedForGood() {
        flink.on("GET " + PATH, 200, body(bounds(1, 1), bounds(1, 2)))
                .on("PUT " + PATH, 400, "{\"errors\":[\"exceeds the maximum parallelism\"]}");

        assertRefused(rescale());
    }

    @Test
    void aJobWithoutTheOldParallelismIsNotTouched() {
        flink.on("GET " + PATH, 200, body(bounds(1, 1), bounds(1, 3)));

        assertRefused(rescale());
        assertEquals(List.of(), flink.effects());
    }

    @Test
    void anUnknownJobOrNoAnswerIsNotKnown() {
        assertInstanceOf(
                Outcome.Unknown.class, on404("{\"errors\":[\"Job " + JOB + " not found\"]}"));
        flink.on("GET " + PATH, 503, "{\"errors\":[\"no leader\"]}");

        assertInstanceOf(Outcome.Unknown.class, rescale());
    }

    private Outcome on404(String body) {
        flink.on("GET " + PATH, 404, body);
        return rescale();
    }

    private Outcome rescale() {
        RestLimits limits = new RestLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);
        return new Rescaling(new FlinkRest(flink.address(), limits)).rescale(REQUEST);
    }

    private static void assertRefused(Outcome outcome) {
        assertFalse(assertInstanceOf(Outcome.Failed.class, outcome).retryable());
    }

    private static String body(String one, String other) {
        return "{\"a\":{\"parallelism\":" + one + "},\"b\":{\"parallelism\":" + other + "}}";
    }

    private static String bounds(int lower, int upper) {
        return "{\"lowerBound\":" + lower + ",\"upperBound\":" + upper + "}";
    }
}
