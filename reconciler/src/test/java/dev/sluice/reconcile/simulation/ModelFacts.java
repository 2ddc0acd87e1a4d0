// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.reconcile.journal.FactMemory;
import java.util.SortedMap;
import java.util.TreeMap;

/** The journal's small facts. */
final class ModelFacts implements FactMemory {
    private final TreeMap<String, String> facts = new TreeMap<>();

    @Override
    public SortedMap<String, String> all(String prefix) {
        TreeMap<String, String> found = new TreeMap<>(facts);
        found.keySet().removeIf(name -> !name.startsWith(prefix));
        return found;
    }

    @Override
    public void keep(String name, String text) {
        facts.put(name, text);
    }

    @Override
    public void forget(String name) {
        facts.remove(name);
    }
}
