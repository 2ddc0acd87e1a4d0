// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.plan.Step;
import java.util.Optional;
import java.util.regex.Pattern;

/** The types of steps, each with the scene in which a job makes it. */
enum StepKind {
    STAGE(Step.Stage.class, Scene.UPGRADE, false, ""),
    STOP(Step.StopWithSavepoint.class, Scene.UPGRADE, true, "POST /jobs/[0-9a-f]+/stop"),
    CANCEL(Step.Cancel.class, Scene.FALLBACK, true, "PATCH /jobs/[0-9a-f]+\\?mode=cancel"),
    PROVE(Step.ProveAbsent.class, Scene.RESUMPTION, false, "GET /jobs/[0-9a-f]+/status"),
    DISCOVER(Step.DiscoverState.class, Scene.FALLBACK, false, ""),
    START(Step.Start.class, Scene.UPGRADE, false, "POST /jars/[^/]+/run"),
    RESCALE(
            Step.Rescale.class,
            Scene.RESCALING,
            false,
            "GET /jobs/[0-9a-f]+/resource-requirements"),
    APPLY(Step.ApplyLive.class, Scene.ELSEWHERE, false, ""),
    END(Step.EndCluster.class, Scene.ELSEWHERE, false, "");

    private final Class<? extends Step> type;
    private final Scene scene;
    private final boolean waits;
    private final String request;

    StepKind(Class<? extends Step> type, Scene scene, boolean waits, String request) {
        this.type = type;
        this.scene = scene;
        this.waits = waits;
        this.request = request;
    }

    Class<? extends Step> type() {
        return type;
    }

    Scene scene() {
        return scene;
    }

    /** It is asked again until its effect is complete, so its first answer is not its last. */
    boolean waits() {
        return waits;
    }

    /**
     * The request that asks Flink for it, or that Flink declines; empty where none is made of a local
     * cluster.
     */
    Optional<Pattern> request() {
        return request.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(request));
    }

    static StepKind of(Step step) {
        return step.accept(new Kinds());
    }

    /** A new type of step does not compile until it is here. */
    private static final class Kinds implements Step.Handler<StepKind> {
        @Override
        public StepKind stage(Step.Stage step) {
            return STAGE;
        }

        @Override
        public StepKind stop(Step.StopWithSavepoint step) {
            return STOP;
        }

        @Override
        public StepKind cancel(Step.Cancel step) {
            return CANCEL;
        }

        @Override
        public StepKind prove(Step.ProveAbsent step) {
            return PROVE;
        }

        @Override
        public StepKind discover(Step.DiscoverState step) {
            return DISCOVER;
        }

        @Override
        public StepKind start(Step.Start step) {
            return START;
        }

        @Override
        public StepKind rescale(Step.Rescale step) {
            return RESCALE;
        }

        @Override
        public StepKind apply(Step.ApplyLive step) {
            return APPLY;
        }

        @Override
        public StepKind end(Step.EndCluster step) {
            return END;
        }
    }
}
