// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What holds say but for their numbers. A sentence that differs in its numbers alone counts something,
 * and would be written down at every look.
 */
record Wording(List<Reason> reasons, List<String> sentences) {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    Wording {
        reasons = List.copyOf(reasons);
        sentences = List.copyOf(sentences);
    }

    static Wording of(List<Hold> holds) {
        return new Wording(
                reasons(holds),
                holds.stream()
                        .map(hold -> NUMBER.matcher(hold.text()).replaceAll("#"))
                        .toList());
    }

    static List<Reason> reasons(List<Hold> holds) {
        return holds.stream().map(Hold::reason).toList();
    }
}
