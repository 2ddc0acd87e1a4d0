// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

import dev.sluice.spec.observed.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which of the next calls fail, in order, per verb; a call that is not scripted goes well. */
public final class FaultScript {
    private final Map<Verb, Deque<Optional<Fault>>> scripted = new EnumMap<>(Verb.class);

    /** The next unscripted call of this kind suffers the fault. */
    public synchronized void next(Verb verb, Fault fault) {
        queue(verb).add(Optional.of(fault));
    }

    /** So many more calls of this kind go well before the next scripted fault. */
    public synchronized void pass(Verb verb, int calls) {
        for (int call = 0; call < calls; call++) {
            queue(verb).add(Optional.empty());
        }
    }

    /** Runs a call under the script. */
    Outcome apply(Verb verb, Supplier<Outcome> call) {
        Optional<Fault> fault = take(verb);
        if (fault.isEmpty()) {
            return call.get();
        }
        if (fault.get() == Fault.LOSE_ANSWER) {
            call.get();
        }
        return new Outcome.Unknown(verb + ": no answer");
    }

    private synchronized Optional<Fault> take(Verb verb) {
        Optional<Fault> next = queue(verb).poll();
        return next == null ? Optional.empty() : next;
    }

    private Deque<Optional<Fault>> queue(Verb verb) {
        return scripted.computeIfAbsent(verb, unused -> new ArrayDeque<>());
    }
}
