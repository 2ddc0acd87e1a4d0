// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads a program in a pod as the next attempt's pods will, while the old job still runs: only a pod can
 * tell what pods find at an address, in a volume or in an image.
 *
 * <p><b>Order:</b> the deployment is shown to the API server, then the pod is made; it is looked at until
 * it has ended, and removed. One of an earlier specification is removed first. One that a dead controller
 * left behind is taken up by the job's next trial.
 */
final class Trial {
    private static final String DOING = "a pod tries to load the program";
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final Launching launching;
    private final Namespace namespace;
    private final Clock clock;

    Trial(Launching launching, Namespace namespace, Clock clock) {
        this.launching = requireNonNull(launching, "launching is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param evidence of a program that pods can load */
    Outcome look(
            JobSpec spec, LoadedProgram program, Launching.Objects objects, Evidence evidence) {
        String content =
                Digest.of(spec + "\n" + evidence + "\n" + program.text()).hex();
        String name = TrialPod.name(spec.key());
        List<ObjectNode> maps = new ArrayList<>(program.objects(name));
        maps.addAll(ResolvConf.objects(spec.runtime().kubernetes(), name));
        try {
            Optional<JsonNode> pod = namespace.pod(name);
            if (pod.isEmpty()) {
                return begun(spec, objects, content, maps);
            }
            if (!TrialPod.isOurs(pod.get(), spec.key())) {
                return new Outcome.Failed(
                        false, "pod " + name + " is another's: remove it", Evidence.NONE);
            }
            if (Json.isEnding(pod.get()) || !content.equals(TrialPod.content(pod.get()))) {
                namespace.deletePod(pod.get());
                return waiting("an earlier trial of the program is removed");
            }
            if (namespace.lacksMap(Json.name(maps.get(maps.size() - 1)))) {
                namespace.createMaps(maps, pod.get());
            }
            return judged(pod.get(), evidence);
        } catch (KubeFailure e) {
            return Launching.refused(e);
        } catch (WorkerFailure e) {
            return new Outcome.Failed(!e.isOfProgram(), e.getMessage(), Evidence.NONE);
        } catch (IOException e) {
            return new Outcome.Failed(true, "cannot describe the cluster: " + e, Evidence.NONE);
        }
    }

    /** Removes what is left of a trial of a job whose program needs none any more. */
    Outcome needless(JobSpec spec, Outcome staged) {
        try {
            Optional<JsonNode> left = namespace.pod(TrialPod.name(spec.key()));
            if (left.filter(pod -> TrialPod.isOurs(pod, spec.key())).isPresent()) {
                namespace.deletePod(left.get());
            }
            return staged;
        } catch (KubeFailure e) {
            return new Outcome.Unknown(e.getMessage());
        }
    }

    private Outcome begun(
            JobSpec spec, Launching.Objects objects, String content, List<ObjectNode> maps)
            throws KubeFailure, WorkerFailure, IOException {
        NativeCluster made = objects.make();
        Outcome rehearsed = launching.rehearse(() -> made, Evidence.NONE);
        if (!(rehearsed instanceof Outcome.Done)) {
            return rehearsed;
        }
        JsonNode deployment = Json.read(made.deployment());
        JsonNode pod = namespace.createPod(TrialPod.of(deployment, spec.key(), content));
        namespace.createMaps(maps, pod);
        return waiting(DOING);
    }

    private Outcome judged(JsonNode pod, Evidence evidence) throws KubeFailure {
        String phase = pod.path("status").path("phase").asString("");
        Optional<Trouble> trouble = Trouble.of(Json.object(), List.of(pod));
        if (phase.equals("Succeeded")) {
            namespace.deletePod(pod);
            return new Outcome.Done(evidence);
        }
        if (phase.equals("Failed")) {
            namespace.deletePod(pod);
            Trouble why = trouble.orElse(new Trouble("pod " + Json.name(pod) + " failed", false));
            return new Outcome.Failed(
                    !why.isForGood(), "pods cannot load the program: " + why.text(), Evidence.NONE);
        }
        return waiting(trouble.map(Trouble::text).orElse(DOING));
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
