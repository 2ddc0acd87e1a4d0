// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import java.util.List;

/** Which health rules of its spec a job breaks, as people shall read it. */
@FunctionalInterface
interface Checkup {
    /** Without health rules, every job is as well as its phase says. */
    Checkup NONE = desk -> List.of();

    /** A sentence for each broken rule. */
    List<String> of(Desk desk);
}
