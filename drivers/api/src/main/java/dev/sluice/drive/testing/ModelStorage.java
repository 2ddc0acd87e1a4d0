// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.testing;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.observed.StatePointer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Savepoints and checkpoints by path; they outlive every process. */
final class ModelStorage {
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Set<String> blocked = new HashSet<>();

    /** State and how far its job had counted. */
    record Entry(StatePointer pointer, long progress) {}

    void put(StatePointer pointer, long progress) {
        entries.put(pointer.path(), new Entry(pointer, progress));
    }

    Optional<Entry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    void remove(String path) {
        entries.remove(path);
    }

    void block(String directory) {
        blocked.add(directory);
    }

    boolean isBlocked(String directory) {
        return blocked.contains(directory);
    }

    static String savepointPath(String directory, JobId job) {
        return "memory:/savepoints/" + directory + "/savepoint-" + job.hex().substring(0, 6);
    }

    static String checkpointPath(JobId job, long id) {
        return "memory:/checkpoints/" + job + "/chk-" + id;
    }

    Optional<StatePointer> newestCheckpoint(JobId job) {
        String folder = "memory:/checkpoints/" + job + "/";
        return entries.values().stream()
                .map(Entry::pointer)
                .filter(pointer -> pointer.path().startsWith(folder))
                .max(Comparator.comparingLong(StatePointer::checkpointId));
    }

    List<StatePointer> find(DiscoverRequest request) {
        String savepoints = "memory:/savepoints/" + SavepointDirectory.of(request.key()) + "/";
        return entries.values().stream()
                .map(Entry::pointer)
                .filter(pointer ->
                        request.isFirst() || pointer.attempt() <= request.newestAttempt())
                .filter(pointer -> pointer.path().startsWith(savepoints)
                        || pointer.path().startsWith("memory:/checkpoints/")
                                && pointer.job().equals(JobId.of(request.key(), pointer.attempt()))
                        || request.adopted().filter(pointer.job()::equals).isPresent())
                .sorted(Comparator.comparingInt(StatePointer::attempt)
                        .thenComparingLong(StatePointer::checkpointId)
                        .reversed())
                .toList();
    }
}
