// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.util.regex.Pattern;

/** What it means that YARN has not taken an application: nothing runs, and another try may help or not. */
final class Refusals {
    /** Words of Flink's client and of the schedulers for what no repetition changes. */
    private static final Pattern FOR_GOOD = Pattern.compile(
            "(?i)queue|does not have the requested resources|exceed|maximum allowed|label");

    /** While YARN has no node, as after its restart (YarnClusterDescriptor). */
    private static final Pattern NO_NODE = Pattern.compile("maximum number of virtual cores 0 ");

    private Refusals() {}

    static Outcome failed(String reason) {
        boolean isForGood =
                FOR_GOOD.matcher(reason).find() && !NO_NODE.matcher(reason).find();
        return new Outcome.Failed(
                !isForGood, "YARN did not take the application: " + reason, Evidence.NONE);
    }
}
