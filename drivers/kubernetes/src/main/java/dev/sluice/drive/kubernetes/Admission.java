// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.session.SecretNames;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobSpec;
import java.nio.file.Files;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;

/** Which jobs this cluster takes, and what it says to the others. */
final class Admission {
    private final KubernetesOptions options;
    private final FlinkReleases releases = FlinkReleases.bundled();

    Admission(KubernetesOptions options) {
        this.options = requireNonNull(options, "options is null");
    }

    /** Why the job cannot be run here, however often it is tried. */
    Optional<String> refusal(JobSpec spec) {
        String version = spec.flink().version();
        Optional<FlinkRelease> release = releases.find(version);
        if (release.isEmpty()) {
            return Optional.of(
                    "Flink " + version + " is not known; known are " + releases.minors());
        }
        if (!options.images().containsKey(version)) {
            return Optional.of("cluster " + options.cluster() + " has no image for Flink " + version
                    + ": add it under 'images:', best by digest");
        }
        return missingState()
                .or(() -> own(spec))
                .or(() -> Submissions.refusal(spec, release.get()));
    }

    /** A folder that is not mounted looks like one without any state, which it must not be taken for. */
    Optional<String> missingState() {
        return Files.isDirectory(options.stateDirectory())
                ? Optional.empty()
                : Optional.of("the state directory " + options.stateDirectory() + " of cluster "
                        + options.cluster()
                        + " is not there: mount it by this path where Sluice runs");
    }

    private Optional<String> own(JobSpec spec) {
        if (spec.flink().mode() == FlinkTarget.Mode.PER_JOB) {
            return Optional.of("Sluice runs jobs on Kubernetes in application and session mode;"
                    + " set 'flink: {mode: application}'");
        }
        if (isShared(spec) && session(spec).isEmpty()) {
            return Optional.of("cluster " + options.cluster() + " declares no session cluster '"
                    + spec.flink().session().orElse("") + "' with Flink "
                    + spec.flink().version());
        }
        String namespace = spec.runtime().kubernetes().getOrDefault("namespace", "");
        if (!namespace.isEmpty() && !namespace.equals(options.namespace())) {
            return Optional.of("jobs of cluster " + options.cluster() + " run in its namespace "
                    + options.namespace() + ": declare another cluster for " + namespace);
        }
        boolean isBrought = spec.runtime().kubernetes().containsKey("dns.resolvConf")
                || !spec.runtime()
                        .kubernetes()
                        .getOrDefault("artifacts.delivery", "state")
                        .equals("state");
        if (isOperated(spec) && isBrought) {
            return Optional.of("nothing is brought to pods of the Flink Kubernetes Operator: remove"
                    + " 'artifacts' and 'dns: {resolvConf: ...}', or 'via: operator'");
        }
        if (isShared(spec) && isOperated(spec)) {
            return Optional.of("no session job is delivered by the Flink Kubernetes Operator, which"
                    + " would choose its job id: remove 'via: operator', or set"
                    + " 'flink: {mode: application}'");
        }
        if (!SecretNames.ofSql(spec).isEmpty()) {
            return Optional.of("the pods of cluster " + options.cluster()
                    + " cannot be given secrets, and the SQL refers to "
                    + SecretNames.ofSql(spec) + "; run the job on a cluster of kind local");
        }
        return template(session(spec)
                .filter(session -> isShared(spec))
                .map(ClusterBasics.Session::kubernetes)
                .orElse(spec.runtime().kubernetes()));
    }

    private static Optional<String> template(SortedMap<String, String> options) {
        try {
            ApplicationObjects.template(options);
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of("the pod template is not an object: " + e.getOriginalMessage());
        }
    }

    static boolean isShared(JobSpec spec) {
        return spec.flink().mode() == FlinkTarget.Mode.SESSION;
    }

    /** Whether the Flink Kubernetes Operator is asked to run it. */
    static boolean isOperated(JobSpec spec) {
        return spec.runtime().kubernetes().getOrDefault("via", "native").equals("operator");
    }

    /** The session cluster that a job names, as the cluster entry declares it. */
    Optional<ClusterBasics.Session> session(JobSpec spec) {
        return spec.flink()
                .session()
                .map(options.sessions()::get)
                .filter(session -> session.version().equals(spec.flink().version()));
    }

    FlinkRelease release(JobSpec spec) {
        return releases.find(spec.flink().version()).orElseThrow();
    }

    String image(JobSpec spec) {
        return options.images().get(spec.flink().version());
    }
}
