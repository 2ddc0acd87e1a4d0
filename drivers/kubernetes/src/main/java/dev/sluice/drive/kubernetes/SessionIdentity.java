// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tells one session cluster from all others; another Flink version is another one. It has one name
 * for as long as it is declared, so that there can never be two of it, and labels by which it is found.
 *
 * @param cluster name of the cluster entry
 * @param name as it is declared there
 * @param version of Flink
 */
record SessionIdentity(
        String repository, String environment, String cluster, String name, String version) {
    static final String VERSION = "sluice.dev/flink-version";
    private static final String NAME = "sluice.dev/session";
    private static final String KIND = "sluice.dev/kind";
    private static final int LONGEST_NAME = 24;

    SessionIdentity {
        requireNonNull(repository, "repository is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
    }

    /** Of a job's environment. */
    static SessionIdentity of(JobKey key, String cluster, String name, String version) {
        return new SessionIdentity(key.repository(), key.environment(), cluster, name, version);
    }

    /** Flink's cluster id; attempts have a number more, see {@link Attempt#clusterId}. */
    String clusterId() {
        String brief =
                name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceFirst("-+$", "");
        Digest digest =
                Digest.of(String.join("\n", repository, environment, cluster, name, version));
        return brief + "-" + digest.brief().substring(0, 8);
    }

    /** What every object of it carries. */
    SortedMap<String, String> labels() {
        TreeMap<String, String> labels = new TreeMap<>(of(repository, environment));
        labels.put("sluice.dev/cluster", cluster);
        labels.put(NAME, name);
        labels.put(VERSION, version);
        return Collections.unmodifiableSortedMap(labels);
    }

    /** What every object of any session cluster carries that may run jobs of an environment. */
    static SortedMap<String, String> of(String repository, String environment) {
        TreeMap<String, String> labels = new TreeMap<>(Attempt.managed());
        labels.put(KIND, "session");
        labels.put("sluice.dev/repository", repository);
        labels.put("sluice.dev/environment", environment);
        return Collections.unmodifiableSortedMap(labels);
    }

    /** Whether what is there is a session cluster, or was one. */
    static boolean isSession(Sight sight) {
        return sight.any().flatMap(object -> Json.label(object, KIND)).isPresent();
    }
}
