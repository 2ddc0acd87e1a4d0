// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.proxy.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Watches every 50 ms whether the two promises hold, with eyes of its own: Flink's REST interface, the
 * job's output, the journal's file, and every request that would change something on the cluster.
 *
 * <p>Violations: two live jobs at once (I1); a number twice, or one missing (I2); a request to start,
 * stop or cancel that the journal does not mean at that moment (I3); a drain; a second savepoint of one
 * stop.
 */
final class Observer implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    /** What is repeated stays so: the output is read at every second look. */
    private static final int OUTPUT_LOOKS = 2;

    private static final Pattern EFFECT =
            Pattern.compile("(?:POST|PATCH|PUT) /(?:jobs|jars)/([^/?]+)[/?](\\S+)");
    private static final Pattern JOB = Pattern.compile("\"jobId\":\"([0-9a-f]+)\"");
    private static final Pattern TRIGGER = Pattern.compile("\"triggerId\":\"([0-9a-f]+)\"");

    private final Eyes flink;
    private final Search search;
    private final OutputWitness output;
    private final JournalWitness journal;
    private final Path savepoints;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private long looks;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Observer(
            Eyes flink,
            Search search,
            OutputWitness output,
            JournalWitness journal,
            Path savepoints) {
        this.flink = requireNonNull(flink, "flink is null");
        this.search = requireNonNull(search, "search is null");
        this.output = requireNonNull(output, "output is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.savepoints = requireNonNull(savepoints, "savepoints is null");
    }

    /** Finds out where Flink is now. */
    interface Search {
        void begin() throws IOException;
    }

    void watch() {
        clock.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<String> live = flink.live();
            if (live.size() > 1) {
                violations.add("two live jobs at once: " + live);
            }
            looks++;
            if (looks % OUTPUT_LOOKS == 0) {
                violations.addAll(output.look());
            }
        } catch (IOException e) {
            searchFlink();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            violations.add("the observer is blind: " + e);
        }
    }

    /** Flink is asked again in 50 ms, wherever it is then. */
    private void searchFlink() {
        try {
            search.begin();
        } catch (IOException e) {
            // Its place is being written down at this moment.
        }
    }

    /** A request that is about to reach Flink. */
    void hear(Request request) {
        Matcher effect = EFFECT.matcher(request.line());
        if (!effect.find()) {
            return;
        }
        String subject = effect.group(1);
        String text = request.text();
        boolean isMeant = switch (effect.group(2)) {
            case "run" -> journal.means("Start", found(JOB, text));
            case "stop" -> journal.meansToStop(subject, found(TRIGGER, text));
            case "mode=cancel" -> journal.means("Cancel", subject);
            case "resource-requirements" -> journal.means("Rescale", subject);
            default -> false;
        };
        if (!isMeant) {
            violations.add("no intent in the journal for " + request.line() + " " + text);
        }
        if (text.contains("\"drain\":true")) {
            violations.add("a drain: " + request.line());
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    int rows() {
        return output.rows();
    }

    List<String> gaps() {
        return output.gaps();
    }

    /** Everything found so far; whoever asks has to be told once only. */
    List<String> violations() throws IOException {
        violations.addAll(flawedSavepoints());
        List<String> found = List.copyOf(violations);
        violations.clear();
        return found;
    }

    /** Each stop has a directory of its own, known to the journal, with one savepoint at most. */
    private List<String> flawedSavepoints() throws IOException {
        SortedMap<String, Integer> complete = new TreeMap<>();
        try (Stream<Path> files = Files.walk(savepoints)) {
            files.filter(file -> file.endsWith("_metadata"))
                    .map(file ->
                            savepoints.relativize(file.getParent().getParent()).toString())
                    .forEach(directory -> complete.merge(directory, 1, Integer::sum));
        } catch (NoSuchFileException noneYet) {
            return List.of();
        }
        List<String> flaws = new ArrayList<>();
        complete.forEach((directory, count) -> {
            if (count > 1) {
                flaws.add(count + " savepoints in " + directory);
            }
            if (!journal.knowsDirectory(directory)) {
                flaws.add("a savepoint that nobody meant, in " + directory);
            }
        });
        return flaws;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
