// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.JobSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Whether the queue and the node label that a job names are there, asked before its old attempt is
 * stopped: YARN itself refuses them at the submission only. For a job of a session cluster they are
 * those of the cluster's declaration, which say nothing of one that is there already.
 *
 * <p>Says nothing of queues that may be made when an application is sent to them, as the fair
 * scheduler's and those below a parent of the capacity scheduler.
 */
final class Places {
    private final Reports manager;
    private final Sessions sessions;
    private final SortedMap<String, ClusterBasics.Session> declared;

    /** @param declared session clusters, by name */
    Places(Reports manager, Sessions sessions, SortedMap<String, ClusterBasics.Session> declared) {
        this.manager = requireNonNull(manager, "manager is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.declared = requireNonNull(declared, "declared is null");
    }

    /** Why YARN will not take the application that a job needs. */
    Optional<String> refusal(JobSpec spec) throws IOException {
        Optional<String> session = spec.flink().session();
        if (session.isEmpty()) {
            return refusal(spec.runtime().yarn());
        }
        return sessions.find(spec).isPresent()
                ? Optional.empty()
                : refusal(declared.get(session.get()).yarn());
    }

    private Optional<String> refusal(Map<String, String> yarn) throws IOException {
        Optional<String> queue = Optional.ofNullable(yarn.get("queue"));
        Optional<String> unknown = queue.isPresent() ? unknown(queue.get()) : Optional.empty();
        Optional<String> label = Optional.ofNullable(yarn.get("nodeLabel"));
        return unknown.isEmpty() && label.isPresent() ? unlabelled(label.get()) : unknown;
    }

    private Optional<String> unknown(String queue) throws IOException {
        JsonNode root = manager.told("scheduler").path("scheduler").path("schedulerInfo");
        if (!root.path("type").asString("").equals("capacityScheduler")) {
            return Optional.empty();
        }
        TreeSet<String> leaves = new TreeSet<>();
        TreeSet<String> parents = new TreeSet<>();
        collect(root, "root", leaves, parents);
        String below = "." + queue;
        boolean isThere = leaves.stream().anyMatch(path -> ("." + path).endsWith(below));
        return isThere || mayBeMade(queue, parents)
                ? Optional.empty()
                : Optional.of("YARN has no queue '" + queue + "' for applications; it has " + leaves
                        + ": correct yarn.queue");
    }

    private static boolean mayBeMade(String queue, SortedSet<String> parents) {
        int dot = queue.lastIndexOf('.');
        String below = "." + queue.substring(0, Math.max(dot, 0));
        return dot > 0
                && !parents.contains(queue)
                && parents.stream().anyMatch(path -> ("." + path).endsWith(below));
    }

    /** Paths of queues, from the root, with those that may have others below them apart. */
    private static void collect(
            JsonNode node, String path, SortedSet<String> leaves, SortedSet<String> parents) {
        JsonNode children = node.path("queues").path("queue");
        if (children.isMissingNode()) {
            leaves.add(path);
            return;
        }
        parents.add(path);
        for (JsonNode child : children) {
            collect(child, path + "." + child.path("queueName").asString(""), leaves, parents);
        }
    }

    private Optional<String> unlabelled(String label) throws IOException {
        TreeSet<String> labels = new TreeSet<>();
        JsonNode answer = manager.told("get-node-labels").path("nodeLabelInfo");
        // One alone is no list in some versions.
        if (answer.isObject()) {
            labels.add(answer.path("name").asString(""));
        }
        for (JsonNode info : answer) {
            labels.add(info.path("name").asString(""));
        }
        labels.remove("");
        return labels.contains(label)
                ? Optional.empty()
                : Optional.of("YARN has no node label '" + label + "'; it has " + labels
                        + ": correct yarn.nodeLabel");
    }
}
