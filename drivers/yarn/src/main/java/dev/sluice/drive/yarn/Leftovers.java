// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.YarnCommands;
import dev.sluice.spec.observed.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masters whose job ended by itself: they stay until somebody ends them, and hold containers. Each is
 * killed some minutes after its job was first seen ended, when everybody has looked at it; what became
 * of the job stands in the words of the killing, which YARN keeps. Only masters of jobs that the asker
 * has marked as its own are touched.
 */
final class Leftovers implements AutoCloseable {
    private static final Duration GRACE = Duration.ofMinutes(3);
    private static final String WORDS = "its job is ";

    /** YARN puts the reason into its own sentence (ClientRMService.forceKillApplication). */
    private static final Pattern LAST =
            Pattern.compile("Sluice: " + WORDS + "(FINISHED|FAILED|CANCELED)");

    private final YarnCommands workers;
    private final Preparing preparation;
    private final Clock clock;
    private final Set<List<String>> owned = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread ending = new Thread(task, "yarn-leftovers");
        ending.setDaemon(true);
        return ending;
    });

    Leftovers(YarnCommands workers, Preparing preparation, Clock clock) {
        this.workers = workers;
        this.preparation = preparation;
        this.clock = clock;
    }

    /** From now on jobs of this environment are the asker's. YARN keeps tags in small letters. */
    void own(OwnerMark mark) {
        owned.add(Tags.environment(mark.repository(), mark.environment()).stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** A master that runs, and what its JobManager says of its job. */
    void look(Application application, JobStatus status) {
        if (!status.isGloballyTerminal()) {
            seen.remove(application.id());
            return;
        }
        Instant now = clock.instant();
        Instant first = seen.computeIfAbsent(application.id(), unused -> now);
        boolean isLate = Duration.between(first, now).compareTo(GRACE) > 0;
        if (isLate && owned.stream().anyMatch(application.tags()::containsAll)) {
            // Asked for once more after another while, if it is still there then.
            seen.put(application.id(), now);
            thread.execute(() -> end(application, status));
        }
    }

    /** What a killed application's job had become before; empty for one that ran. */
    static Optional<JobStatus> last(Application killed) {
        Matcher matcher = LAST.matcher(killed.diagnostics());
        return matcher.find() ? Optional.of(JobStatus.valueOf(matcher.group(1))) : Optional.empty();
    }

    void keepOnly(Set<String> running) {
        seen.keySet().retainAll(running);
    }

    private void end(Application application, JobStatus status) {
        try {
            workers.kill(
                    preparation.home(Tags.versionOf(application)),
                    application.id(),
                    "Sluice: " + WORDS + status);
        } catch (WorkerFailure | ArtifactFailure unsuccessful) {
            // It stays, and is asked for again after another while.
            seen.put(application.id(), clock.instant());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
