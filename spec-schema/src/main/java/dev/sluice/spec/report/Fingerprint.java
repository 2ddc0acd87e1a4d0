// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.Digest;
import dev.sluice.spec.SpecError;
import java.util.HashMap;
import java.util.Map;

/**
 * The identity of a finding over commits: file, rule and message, but not the line, which moves. Equal
 * findings of one file are told apart by their order.
 */
final class Fingerprint {
    private final Map<String, Integer> seen = new HashMap<>();

    /** The next finding's fingerprint; to be asked in the order of the findings. */
    String of(SpecError finding) {
        String seed = finding.location().file() + "\n" + finding.rule() + "\n" + finding.message();
        int number = seen.merge(seed, 1, Integer::sum);
        return Digest.of(seed + "\n" + number).hex().substring(0, 40);
    }
}
