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
 * end to the start of the next one, and a person ends it sooner or later: the next is not started beside
 * it (I1), nor from older state than it has completed meanwhile (I2), and all other invariants hold.
 */
class RevivalTest {
    private static final int END = 100;
    private static final int LATEST = 60;

    @ParameterizedTest
    @CsvSource({
        "JOB_FAILS,false",
        "JOB_FAILS,true",
        "COMMIT_SQL,false",
        "COMMIT_SQL,true",
        "COMMIT_EMPTY,false",
        "COMMIT_SUSPEND,false",
        "COMMIT_SUSPEND,true"
    })
    void anAttemptThatComesBackGetsNoSecondBesideItAndWhatItCompletesIsNotLost(
            Kind end, boolean isApplication) {
        for (int after = 0; after <= LATEST; after += 2) {
            for (int runs : List.of(15, 40)) {
                Script script = script(
                        isApplication,
                        List.of(
                                new Event(END, end, 0, 7),
                                new Event(END, Kind.LOSE_REQUEST, 0, 0),
                                new Event(END + after, Kind.REVIVED, 0, 0),
                                new Event(END + after + runs, Kind.USER_CANCELS, 0, 0)));

                assertEquals(
                        Optional.empty(),
                        played(script),
                        "revived after " + after + " s, for " + runs + " s");
            }
        }
    }

    /** The controller sees nothing of it: the cluster is out of its reach all the while. */
    @ParameterizedTest
    @CsvSource({"JOB_FAILS", "COMMIT_SQL", "COMMIT_SUSPEND"})
    void whatAnAttemptCompletedThatCameBackUnseenIsNotLost(Kind end) {
        for (int after = 2; after <= LATEST; after += 2) {
            Script script = script(
                    false,
                    List.of(
                            new Event(END, end, 0, 7),
                            new Event(END + after, Kind.REVIVED, 0, 0),
                            new Event(END + after, Kind.UNREACHABLE, 0, 60),
                            new Event(END + after + 40, Kind.USER_CANCELS, 0, 0)));

            assertEquals(Optional.empty(), played(script), "revived after " + after + " s");
        }
    }

    private static Optional<String> played(Script script) {
        return Simulation.play(script, Bend.NONE, new Trace(false)).map(Violation::getMessage);
    }

    private static Script script(boolean isApplication, List<Event> events) {
        return new Script(1, true, isApplication, false, 300, events);
    }
}
