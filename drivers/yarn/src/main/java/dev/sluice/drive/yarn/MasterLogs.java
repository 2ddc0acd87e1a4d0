// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.spec.JobId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the end of the logs of masters that failed, because nodes remove them after a while. Best
 * effort and beside whoever asks: a log that cannot be had hinders nothing.
 */
final class MasterLogs implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 512 << 10;

    /** Names that Flink gives (YarnClusterDescriptor, YarnLogConfigUtil). */
    private static final List<String> FILES =
            List.of("jobmanager.log", "jobmanager.err", "jobmanager.out");

    /** As the ResourceManager names the page of a container's logs. */
    private static final Pattern PAGE =
            Pattern.compile("(https?://[^/]+)/node/containerlogs/(container_[0-9a-z_]+)(?:/.*)?");

    private final Path folder;
    private final Identity identity;
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread fetching = new Thread(task, "yarn-logs");
        fetching.setDaemon(true);
        return fetching;
    });

    /** @param directory of the driver */
    MasterLogs(Path directory) {
        this(directory, Identity.ANYBODY);
    }

    MasterLogs(Path directory, Identity identity) {
        this.identity = identity;
        this.folder = directory.resolve("master-logs");
    }

    /** Begins to fetch the log of the failed application of an attempt, once. */
    void keep(JobId attempt, Application application) {
        if (application.state() == Application.State.FAILED
                && find(attempt).isEmpty()
                && tried.add(application.id())) {
            application
                    .logs()
                    .map(PAGE::matcher)
                    .filter(Matcher::matches)
                    .ifPresent(page -> thread.execute(() -> fetch(attempt, page)));
        }
    }

    /** The file with the log, once it is there. */
    Optional<Path> find(JobId attempt) {
        return Optional.of(file(attempt)).filter(Files::isRegularFile);
    }

    private Path file(JobId attempt) {
        return folder.resolve(attempt.hex() + ".log");
    }

    private void fetch(JobId attempt, Matcher page) {
        Http node = new Http(List.of(URI.create(page.group(1))), identity);
        StringBuilder text = new StringBuilder();
        try {
            for (String name : FILES) {
                String path = "/ws/v1/node/containerlogs/" + page.group(2) + "/" + name + "?size=-"
                        + MOST_BYTES;
                Http.Answer answer = node.ask("GET", path, DEADLINE);
                if (answer.isOk()) {
                    text.append("== ").append(name).append('\n').append(answer.text());
                }
            }
            if (!text.isEmpty()) {
                Files.createDirectories(folder);
                Files.writeString(file(attempt), text);
            }
        } catch (IOException unsuccessful) {
            // The node may have gone with its logs; the ResourceManager's words are told all the
            // same.
            return;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
