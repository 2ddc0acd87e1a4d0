// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.util.List;
import java.util.Optional;

/**
 * The marks by which applications are found again: lower-case ASCII, at most 100 characters each
 * (ApplicationSubmissionContext). A name is for people and proves nothing.
 */
final class Tags {
    /** Every application that Sluice ever submitted. */
    static final String PRODUCT = "sluice";

    /** It ends by itself with its job, so that a good end is the job's own. */
    static final String ENDS = "sluice-ends";

    private static final String SESSION = "sluice-session:";
    private static final String SESSIONS = "sluice-sessions:";
    private static final String VERSION = "sluice-flink:";
    private static final String ID = "sluice-id:";

    /** For people. */
    static final String COMMIT = "sluice-commit:";

    private Tags() {}

    /** All attempts of a job, by the id of its first: a key may be longer than a tag. */
    static String job(JobKey key) {
        return "sluice-key:" + JobId.of(key, 1).hex();
    }

    /** One attempt of a job. */
    static String attempt(JobId id) {
        return ID + id.hex();
    }

    /** What all jobs of an environment are marked with. */
    static List<String> environment(String repository, String environment) {
        return List.of("sluice-repository:" + repository, "sluice-environment:" + environment);
    }

    /** Everything that an application is marked with. */
    static List<String> all(JobKey key, int attempt, JobId id, CommitId commit) {
        List<String> place = environment(key.repository(), key.environment());
        return List.of(
                PRODUCT,
                place.get(0),
                place.get(1),
                "sluice-job:" + key.display(),
                job(key),
                "sluice-attempt:" + attempt,
                attempt(id),
                COMMIT + commit.hash());
    }

    /** What tells one session cluster from all others; another Flink version is another one. */
    static Digest session(JobKey key, String cluster, String name, String version) {
        return Digest.of(
                String.join("\n", key.repository(), key.environment(), cluster, name, version));
    }

    /** All session clusters that may run jobs of an environment. */
    static String sessions(JobKey key) {
        return SESSIONS + Digest.of(key.repository() + "\n" + key.environment()).brief();
    }

    /** Everything that a session cluster is marked with. */
    static List<String> session(JobKey key, Digest session, String version) {
        List<String> place = environment(key.repository(), key.environment());
        return List.of(
                PRODUCT,
                place.get(0),
                place.get(1),
                sessions(key),
                SESSION + session.brief(),
                version(version));
    }

    /** Whether an application is a session cluster of ours. */
    static boolean isSession(Application application) {
        return application.tags().stream().anyMatch(tag -> tag.startsWith(SESSION));
    }

    /** Whether an application is this session cluster. */
    static boolean isSession(Application application, Digest session) {
        return application.tags().contains(SESSION + session.brief());
    }

    static String version(String minor) {
        return VERSION + minor;
    }

    /** The Flink minor version of an application of ours. */
    static String versionOf(Application application) {
        return application.tags().stream()
                .filter(tag -> tag.startsWith(VERSION))
                .map(tag -> tag.substring(VERSION.length()))
                .findFirst()
                .orElse("");
    }

    /** Whose attempt an application is; empty for one that is not marked as ours. */
    static Optional<JobId> idOf(Application application) {
        return application.tags().stream()
                .filter(tag -> tag.matches(ID + "[0-9a-f]{32}"))
                .map(tag -> new JobId(tag.substring(ID.length())))
                .findFirst();
    }
}
