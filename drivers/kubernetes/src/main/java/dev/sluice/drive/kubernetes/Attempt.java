// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One attempt of a job as Kubernetes knows it: by name where there can be one object of it only, by
 * labels where it is looked for. The name is no identity: an object of it with other labels is another's.
 *
 * @param number 1 or more
 */
record Attempt(JobKey key, int number) {
    static final String JOB_ID = "sluice.dev/job-id";
    static final String NUMBER = "sluice.dev/attempt";
    private static final int LONGEST_NAME = 24;

    Attempt {
        requireNonNull(key, "key is null");
    }

    JobId id() {
        return JobId.of(key, number);
    }

    /**
     * Flink's cluster id, which is the name of the Deployment: 45 characters at most, because Flink
     * appends to it and names end at 63.
     */
    String clusterId() {
        return jobName() + "-" + number;
    }

    /** The name of what all attempts of the job have in common. */
    String jobName() {
        String name = key.name();
        String brief =
                name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceFirst("-+$", "");
        return brief + "-" + Digest.of(key.qualified()).brief().substring(0, 8);
    }

    /** What every object of this attempt carries. */
    SortedMap<String, String> labels() {
        TreeMap<String, String> labels = new TreeMap<>(labels(key));
        labels.put(NUMBER, Integer.toString(number));
        labels.put(JOB_ID, id().hex());
        return Collections.unmodifiableSortedMap(labels);
    }

    /** What every object of any attempt of the job carries. */
    static SortedMap<String, String> labels(JobKey key) {
        TreeMap<String, String> labels = new TreeMap<>(managed());
        labels.put("sluice.dev/repository", key.repository());
        labels.put("sluice.dev/environment", key.environment());
        labels.put("sluice.dev/team", key.team());
        labels.put("sluice.dev/job", key.name());
        return Collections.unmodifiableSortedMap(labels);
    }

    /** What everything has that Sluice made. */
    static SortedMap<String, String> managed() {
        return new TreeMap<>(Map.of("app.kubernetes.io/managed-by", "sluice"));
    }

    /** As the API takes it in a query. */
    static String selector(SortedMap<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey().replace("/", "%2F") + "%3D" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
