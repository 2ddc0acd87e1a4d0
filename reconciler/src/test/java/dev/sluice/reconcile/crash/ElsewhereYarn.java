// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.reconcile.loop.YarnHouse;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A YARN, which says of each application whether it is final. */
final class ElsewhereYarn implements Elsewhere {
    private static final Set<String> FINAL = Set.of("FINISHED", "FAILED", "KILLED");
    private static final String JOB = "?applicationTags=sluice-job:shop/orders";
    private static final String ATTEMPT = "sluice-id:";

    private final YarnHouse yarn;
    private final Path folder;
    private final JsonMapper json = JsonMapper.builder().build();

    private ElsewhereYarn(YarnHouse yarn, Path folder) {
        this.yarn = yarn;
        this.folder = folder;
    }

    static ElsewhereYarn open(Path folder) throws Exception {
        return new ElsewhereYarn(YarnHouse.start(folder.resolve("hadoop")), folder);
    }

    /** @param address of the master's own REST interface; empty text before there is one */
    private record Application(String id, String state, String attempt, String address) {
        boolean isLive() {
            return !FINAL.contains(state);
        }
    }

    @Override
    public String entry() {
        return yarn.entry();
    }

    @Override
    public Path output() {
        return folder.resolve("output");
    }

    @Override
    public void fit(TreeMap<String, String> files, String yaml) {
        YarnHouse.small(files, yaml);
    }

    @Override
    public List<String> attempts() throws Exception {
        return applications().stream()
                .filter(Application::isLive)
                .map(Application::toString)
                .toList();
    }

    @Override
    public List<String> repeated() throws Exception {
        TreeMap<String, TreeSet<String>> byAttempt = new TreeMap<>();
        for (Application one : applications()) {
            byAttempt.computeIfAbsent(one.attempt(), fresh -> new TreeSet<>()).add(one.id());
        }
        byAttempt.values().removeIf(ids -> ids.size() == 1);
        List<String> found = new ArrayList<>();
        byAttempt.forEach((attempt, ids) -> found.add(attempt + " has " + ids));
        return found;
    }

    private List<Application> applications() throws Exception {
        List<Application> found = new ArrayList<>();
        for (JsonNode node : json.readTree(yarn.applications(JOB)).path("apps").path("app")) {
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

    @Override
    public Eyes flink() throws Exception {
        Application live =
                applications().stream().filter(Application::isLive).findFirst().orElseThrow();
        return new FlinkEyes(URI.create("http://" + live.address()));
    }

    @Override
    public void close() {
        yarn.close();
    }
}
