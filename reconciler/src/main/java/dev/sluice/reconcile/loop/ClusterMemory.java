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
import java.util.List;
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
    record Entry(Cluster cluster, CommitId commit, boolean isGone) {}

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

    /** Keeps an entry that jobs told of, for the time when their specs come from later commits. */
    void remember(Entry entry) {
        String fact = FACT + entry.cluster().name();
        if (!journal.facts().all(FACT).containsKey(fact)) {
            journal.facts().keep(fact, entry.commit().hash() + " " + digest(entry.cluster()));
        }
    }

    /**
     * Entries that were in force when the last run ended, where these are others. A journal may know
     * nothing of a cluster on which jobs live; then the commits that started them tell where they are.
     *
     * @param started commits of the specs that live on each cluster
     */
    LastGood lastGood(
            SortedMap<String, Cluster> wanted, SortedMap<String, List<CommitId>> started) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        TreeSet<String> unread = new TreeSet<>();
        SortedMap<String, String> facts = journal.facts().all(FACT);
        started.forEach((name, commits) -> {
            if (!facts.containsKey(FACT + name)) {
                infer(name, commits, Optional.ofNullable(wanted.get(name)), entries, unread);
            }
        });
        facts.forEach((fact, text) -> {
            String name = fact.substring(FACT.length());
            String[] parts = text.split(" ");
            boolean isSame = Optional.ofNullable(wanted.get(name))
                    .filter(cluster -> digest(cluster).equals(parts[1]))
                    .isPresent();
            if (!isSame) {
                CommitId commit = new CommitId(parts[0]);
                read(commit, name)
                        .ifPresentOrElse(
                                cluster -> entries.put(
                                        name, new Entry(cluster, commit, text.endsWith(GONE))),
                                () -> unread.add(name));
            }
        });
        return new LastGood(entries, unread);
    }

    /** Where the commits agree on one place that is not the wanted one, that one is in force. */
    private void infer(
            String name,
            List<CommitId> commits,
            Optional<Cluster> wanted,
            SortedMap<String, Entry> entries,
            SortedSet<String> unread) {
        List<Entry> found = commits.stream()
                .flatMap(commit ->
                        read(commit, name)
                                .map(cluster -> new Entry(cluster, commit, false))
                                .stream())
                .toList();
        boolean isCertain = found.size() == commits.size()
                && found.stream()
                        .allMatch(entry -> ClusterPlace.isSame(
                                entry.cluster(), found.get(0).cluster()));
        if (!isCertain) {
            unread.add(name);
            return;
        }
        Entry entry = found.get(0);
        boolean isWanted = wanted.filter(next -> ClusterPlace.isSame(entry.cluster(), next))
                .isPresent();
        if (!isWanted) {
            entries.put(name, entry);
        }
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
