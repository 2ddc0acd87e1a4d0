// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import java.util.SortedMap;

/** Small facts by name that outlive the process, each replaced by a newer one. */
public interface FactMemory {
    /** Facts whose name begins so, by name; compared by letters, so that no name is a pattern. */
    SortedMap<String, String> all(String prefix);

    /** Keeps a fact in the place of what had that name. */
    void keep(String name, String text);

    void forget(String name);
}
