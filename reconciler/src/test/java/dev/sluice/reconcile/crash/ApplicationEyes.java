// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Asks every JobManager of which a file below the folder tells; where none listens, none lives. */
final class ApplicationEyes implements Eyes {
    private final Path folder;
    private final Map<URI, FlinkEyes> known = new ConcurrentHashMap<>();

    ApplicationEyes(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    @Override
    public List<String> live() throws IOException, InterruptedException {
        List<String> live = new ArrayList<>();
        for (FlinkEyes jobManager : jobManagers()) {
            try {
                live.addAll(jobManager.live());
            } catch (ConnectException e) {
                // It has ended, or does not listen yet.
            }
        }
        return live;
    }

    @Override
    public String restoredFrom(String job) throws IOException, InterruptedException {
        for (FlinkEyes jobManager : jobManagers()) {
            try {
                if (jobManager.live().contains(job)) {
                    return jobManager.restoredFrom(job);
                }
            } catch (ConnectException e) {
                // It has ended.
            }
        }
        throw new IOException("no JobManager has " + job);
    }

    private List<FlinkEyes> jobManagers() throws IOException {
        return addresses().stream()
                .map(address -> known.computeIfAbsent(address, FlinkEyes::new))
                .toList();
    }

    /** Each once: a port of processes that have ended may be that of later ones. */
    private SortedSet<URI> addresses() throws IOException {
        SortedSet<URI> addresses = new TreeSet<>();
        try (Stream<Path> attempts = Files.list(folder)) {
            for (Path attempt : attempts.toList()) {
                Path file = attempt.resolve("application.json");
                if (Files.exists(file)) {
                    addresses.add(new ClusterPlace(file).address());
                }
            }
        } catch (NoSuchFileException e) {
            return addresses;
        }
        return addresses;
    }
}
