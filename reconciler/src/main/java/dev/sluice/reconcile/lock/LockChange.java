// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.lock;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.read.LockFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One row that a lock file gains, loses or changes.
 *
 * @param before empty for a row that is new
 * @param after empty for a row that goes
 */
public record LockChange(
        String coordinate, Optional<LockFile.Row> before, Optional<LockFile.Row> after) {
    public LockChange {
        requireNonNull(coordinate, "coordinate is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
    }

    /** Rows that differ in meaning, by coordinate. */
    static List<LockChange> between(LockFile before, LockFile after) {
        TreeSet<String> names = new TreeSet<>(before.rows().keySet());
        names.addAll(after.rows().keySet());
        List<LockChange> changes = new ArrayList<>();
        for (String name : names) {
            Optional<LockFile.Row> old = before.find(name);
            Optional<LockFile.Row> now = after.find(name);
            boolean same = old.isPresent() && now.isPresent() && old.get().meansTheSame(now.get());
            if (!same) {
                changes.add(new LockChange(name, old, now));
            }
        }
        return changes;
    }

    /** {@code added}, {@code removed} or {@code changed}. */
    public String word() {
        if (before.isEmpty()) {
            return "added";
        }
        return after.isEmpty() ? "removed" : "changed";
    }

    /** The symbol, the word, the coordinate and what is different. */
    public String line() {
        String symbol = before.isEmpty() ? "+" : after.isEmpty() ? "-" : "~";
        return symbol + " " + word() + " " + coordinate + detail();
    }

    private String detail() {
        if (before.isEmpty() || after.isEmpty()) {
            return after.map(row -> " sha256:" + row.digest().brief()).orElse("");
        }
        Digest old = before.get().digest();
        Digest now = after.get().digest();
        return old.equals(now)
                ? ", what it needs"
                : " sha256:" + old.brief() + " -> sha256:" + now.brief();
    }
}
