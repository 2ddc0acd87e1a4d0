// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CausesTest {
    private static final String NO_SLOTS =
            "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException";

    @Test
    void theInnermostCauseIsTold() {
        String trace = """
                org.apache.flink.runtime.JobException: no restart is left
                \tat org.apache.flink.runtime.Handler.handle(Handler.java:1)
                Caused by: java.lang.RuntimeException: the sink is away
                \tat com.acme.Sink.write(Sink.java:7)
                \t... 12 more
                Caused by: java.net.ConnectException: refused
                \t... 3 more""";

        assertEquals("ConnectException: refused", Causes.root(trace));
    }

    /** The default scheduler wraps the want of slots in one time-out too many. */
    @Test
    void theWantOfSlotsIsToldInsteadOfTheTimeThatIsOver() {
        String trace = """
                org.apache.flink.runtime.JobException: no restart is left
                \tat org.apache.flink.runtime.Handler.handle(Handler.java:1)
                Caused by: java.util.concurrent.CompletionException: %1$s: not fulfillable
                \t... 12 more
                Caused by: %1$s: not fulfillable
                \t... 9 more
                Caused by: java.util.concurrent.TimeoutException: Timeout has occurred: 300000 ms
                \t... 7 more""".formatted(NO_SLOTS);

        assertEquals("NoResourceAvailableException: not fulfillable", Causes.root(trace));
    }

    @Test
    void theWantOfSlotsIsToldWhereNothingIsAroundIt() {
        String trace = NO_SLOTS + ": not enough\n\tat org.apache.flink.Scheduler.run(S.java:1)\n"
                + "Caused by: java.util.concurrent.TimeoutException: over";

        assertEquals("NoResourceAvailableException: not enough", Causes.root(trace));
    }
}
