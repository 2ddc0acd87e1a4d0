// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.loop.YarnHouse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Watches a job on YARN with eyes of its own: what the ResourceManager says of the job's applications,
 * and what the job has committed. Two applications at once that are not final, an attempt with two
 * applications, and a number twice are violations.
 */
final class YarnObserver implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;
    private static final Set<String> FINAL = Set.of("FINISHED", "FAILED", "KILLED");
    private static final String ATTEMPT = "sluice-id:";

    private final YarnHouse yarn;
    private final String tag;
    private final OutputWitness output;
    private final JsonMapper json = JsonMapper.builder().build();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** @param tag that all applications of the job have */
    YarnObserver(YarnHouse yarn, String tag, OutputWitness output) {
        this.yarn = requireNonNull(yarn, "yarn is null");
        this.tag = requireNonNull(tag, "tag is null");
        this.output = requireNonNull(output, "output is null");
    }

    /** @param address of the master's own REST interface; empty text before there is one */
    private record Application(String id, String state, String attempt, String address) {
        boolean isLive() {
            return !FINAL.contains(state);
        }
    }

    void watch() {
        clock.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<Application> live =
                    applications().stream().filter(Application::isLive).toList();
            if (live.size() > 1) {
                violations.add("two applications at once: " + live);
            }
            violations.addAll(output.look());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            violations.add("the observer is blind: " + e);
        }
    }

    private List<Application> applications() throws Exception {
        String answer = yarn.applications("?applicationTags=" + tag);
        List<Application> found = new ArrayList<>();
        for (JsonNode node : json.readTree(answer).path("apps").path("app")) {
            String attempt = List.of(node.path("applicationTags").asString("").split(",")).stream()
                    .filter(one -> one.startsWith(ATTEMPT))
                    .findFirst()
                    .orElse("");
            found.add(new Application(
                    node.path("id").asString(""),
                    node.path("state").asString(""),
                    attempt,
                    node.path("amRPCAddress").asString("")));
        }
        return found;
    }

    /** Everything found so far, and attempts that have more than one application. */
    List<String> violations() throws Exception {
        TreeMap<String, TreeSet<String>> byAttempt = new TreeMap<>();
        for (Application one : applications()) {
            byAttempt.computeIfAbsent(one.attempt(), fresh -> new TreeSet<>()).add(one.id());
        }
        List<String> found = new ArrayList<>(violations);
        byAttempt.values().removeIf(ids -> ids.size() == 1);
        byAttempt.forEach((attempt, ids) -> found.add(attempt + " has " + ids));
        return found;
    }

    /** The JobManager of the one application that lives. */
    FlinkEyes flink() throws Exception {
        Application live =
                applications().stream().filter(Application::isLive).findFirst().orElseThrow();
        return new FlinkEyes(URI.create("http://" + live.address()));
    }

    int rows() {
        return output.rows();
    }

    List<String> gaps() {
        return output.gaps();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
