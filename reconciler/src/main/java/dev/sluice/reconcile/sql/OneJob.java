// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.sql;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A commit as if it had one job only, so that reading it costs no more than that. */
record OneJob(Tree whole, String file) implements Tree {
    private static final String JOB_FILE = "/job.yaml";

    @Override
    public CommitId commit() {
        return whole.commit();
    }

    @Override
    public SortedMap<String, Entry> entries() {
        SortedMap<String, Entry> entries = new TreeMap<>(whole.entries());
        entries.keySet().removeIf(path -> path.endsWith(JOB_FILE) && !path.equals(file));
        return Collections.unmodifiableSortedMap(entries);
    }

    @Override
    public byte[] read(String path, int maximumBytes) {
        return whole.read(path, maximumBytes);
    }
}
