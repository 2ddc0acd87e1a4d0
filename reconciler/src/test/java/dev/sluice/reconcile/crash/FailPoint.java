// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/** A moment of a type of step. */
record FailPoint(StepKind kind, Moment moment) {
    FailPoint {
        requireNonNull(kind, "kind is null");
        requireNonNull(moment, "moment is null");
    }

    /** Every one that a local cluster has, by type of step. */
    static List<FailPoint> all() {
        return Stream.of(StepKind.values())
                .filter(kind -> kind.scene() != Scene.ELSEWHERE)
                .flatMap(kind -> Stream.of(Moment.values())
                        .filter(moment -> kind.waits() || !moment.needsWaiting())
                        .map(moment -> new FailPoint(kind, moment)))
                .toList();
    }

    @Override
    public String toString() {
        return kind + "." + moment;
    }
}
