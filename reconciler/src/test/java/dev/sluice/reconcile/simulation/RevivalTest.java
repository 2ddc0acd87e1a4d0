// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.reconcile.simulation.Event.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * High availability brings an attempt back that was thought ended, at any second of the way from its
 * end to the start of the next one: the next is not started beside it (I1). Which of two states is then
 * right, its own or that of the stop, is a person's to say, so that no more is asked of these runs.
 */
class RevivalTest {
    private static final int END = 100;
    private static final int LATEST = 60;

    @ParameterizedTest
    @CsvSource({"JOB_FAILS,false", "JOB_FAILS,true"})
    void anAttemptThatComesBackAfterItFailedGetsNoSecondBesideIt(Kind end, boolean isApplication) {
        for (int after = 0; after <= LATEST; after += 2) {
            Script script = script(
                    isApplication,
                    List.of(
                            new Event(END, end, 0, 0),
                            new Event(END + after, Kind.REVIVED, 0, 0),
                            new Event(END + after + 40, Kind.USER_CANCELS, 0, 0)));

            assertEquals(Optional.empty(), played(script), "revived after " + after + " s");
        }
    }

    @ParameterizedTest
    @CsvSource({"COMMIT_SQL,false", "COMMIT_SUSPEND,false", "COMMIT_SUSPEND,true"})
    void anAttemptThatComesBackAfterItsStopWaitsForAPersonToEndIt(
            Kind stop, boolean isApplication) {
        for (int after = 0; after <= LATEST; after += 2) {
            Script script = script(
                    isApplication,
                    List.of(
                            new Event(END, stop, 0, 7),
                            new Event(END + after, Kind.REVIVED, 0, 0),
                            new Event(END + after + 40, Kind.USER_CANCELS, 0, 0)));

            assertEquals(Optional.empty(), played(script), "revived after " + after + " s");
        }
    }

    private static Optional<String> played(Script script) {
        return Simulation.play(script, Bend.NONE, new Trace(false))
                .map(Violation::getMessage)
                .filter(found -> found.startsWith("I1"));
    }

    private static Script script(boolean isApplication, List<Event> events) {
        return new Script(1, true, isApplication, false, 300, events);
    }
}
