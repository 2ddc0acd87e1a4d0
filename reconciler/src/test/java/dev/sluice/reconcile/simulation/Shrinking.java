// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds fewer events that break the same invariant: drops one after another while it stays broken. */
final class Shrinking {
    private Shrinking() {}

    static Script shrunk(Script script, Bend bend) {
        String broken = invariant(script, bend).orElseThrow();
        Script best = script;
        boolean isShorter = true;
        while (isShorter) {
            isShorter = false;
            for (int at = best.events().size() - 1; at >= 0; at--) {
                List<Event> fewer = new ArrayList<>(best.events());
                fewer.remove(at);
                Script candidate = best.with(fewer);
                if (invariant(candidate, bend).filter(broken::equals).isPresent()) {
                    best = candidate;
                    isShorter = true;
                }
            }
        }
        return best;
    }

    private static Optional<String> invariant(Script script, Bend bend) {
        return Simulation.play(script, bend, new Trace(false)).map(Violation::invariant);
    }

    /** For people: the seed, what is left of its events, and what happened. */
    static String report(long seed, Bend bend) {
        Script script = shrunk(Script.of(seed), bend);
        Trace trace = new Trace(true);
        String broken = Simulation.play(script, bend, trace).orElseThrow().getMessage();
        return "seed " + seed + " (highly available: " + script.isHighlyAvailable()
                + ", application: "
                + script.isApplication() + ", adaptive: " + script.isAdaptive() + ", "
                + script.estate() + ") breaks "
                + broken + "\nevents left of " + Script.of(seed).events().size() + ":\n  "
                + String.join(
                        "\n  ", script.events().stream().map(Event::toString).toList())
                + "\nwhat happened:\n  " + String.join("\n  ", trace.lines());
    }
}
