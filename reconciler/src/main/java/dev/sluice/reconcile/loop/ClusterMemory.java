// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.Environment;
import dev.sluice.spec.read.SpecReader;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which commit the entry in force of each cluster is from. After a restart an entry that the newest
 * commit lacks, or has otherwise, is read from that commit again.
 */
final class ClusterMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMemory.class);
    private static final String FACT = "cluster/";
    private static final String DISPUTE = "cluster-disputed/";
    private static final String GONE = "gone";

    /** An entry that was in force; a person may have said that its cluster is gone. */
    record Entry(Cluster cluster, boolean isGone) {}

    /**
     * What the last run has left in force.
     *
     * @param entries those that git has otherwise now
     * @param unread names of such entries that cannot be read any more: where they lead, nobody knows
     */
    record LastGood(SortedMap<String, Entry> entries, SortedSet<String> unread) {
        LastGood {
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
            unread = Collections.unmodifiableSortedSet(new TreeSet<>(unread));
        }
    }

    private final Journal journal;
    private final GitSource source;
    private final String environment;

    ClusterMemory(Journal journal, GitSource source, String environment) {
        this.journal = requireNonNull(journal, "journal is null");
        this.source = requireNonNull(source, "source is null");
        this.environment = requireNonNull(environment, "environment is null");
    }

    void keep(Cluster cluster, CommitId commit) {
        journal.facts().forget(DISPUTE + cluster.name());
        journal.facts().keep(FACT + cluster.name(), commit.hash() + " " + digest(cluster));
    }

    void gone(String name) {
        Optional.ofNullable(journal.facts().all(FACT).get(FACT + name))
                .filter(text -> !text.endsWith(GONE))
                .ifPresent(text -> journal.facts().keep(FACT + name, text + " " + GONE));
    }

    void forget(String name) {
        journal.facts().forget(FACT + name);
        journal.facts().forget(DISPUTE + name);
    }

    /**
     * The first commit that says of a cluster what cannot be taken over yet; later ones only repeat
     * it. An allowance names that commit.
     *
     * @param entry what is wanted; empty when the cluster shall be no more
     * @param now the commit in force
     */
    CommitId disputed(String name, Optional<Cluster> entry, CommitId now) {
        String said = " " + entry.map(ClusterMemory::digest).orElse(GONE);
        Optional<CommitId> known = Optional.ofNullable(
                        journal.facts().all(DISPUTE).get(DISPUTE + name))
                .filter(text -> text.endsWith(said))
                .map(text -> new CommitId(text.split(" ")[0]));
        if (known.isEmpty()) {
            journal.facts().keep(DISPUTE + name, now.hash() + said);
        }
        return known.orElse(now);
    }

    /** Entries that were in force when the last run ended, where these are others. */
    LastGood lastGood(SortedMap<String, Cluster> wanted) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        TreeSet<String> unread = new TreeSet<>();
        journal.facts().all(FACT).forEach((fact, text) -> {
            String name = fact.substring(FACT.length());
            String[] parts = text.split(" ");
            boolean isSame = Optional.ofNullable(wanted.get(name))
                    .filter(cluster -> digest(cluster).equals(parts[1]))
                    .isPresent();
            if (!isSame) {
                read(new CommitId(parts[0]), name)
                        .ifPresentOrElse(
                                cluster ->
                                        entries.put(name, new Entry(cluster, text.endsWith(GONE))),
                                () -> unread.add(name));
            }
        });
        return new LastGood(entries, unread);
    }

    private Optional<Cluster> read(CommitId commit, String name) {
        try {
            return new SpecReader()
                    .read(source.tree(commit), environment, Optional.empty())
                    .environment()
                    .map(Environment::clusters)
                    .map(clusters -> clusters.get(name));
        } catch (GitException e) {
            LOG.warn("entry in force cannot be read cluster={} cause={}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private static String digest(Cluster cluster) {
        return Digest.of(cluster.toString()).hex();
    }
}
