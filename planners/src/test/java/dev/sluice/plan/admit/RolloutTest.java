// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Surroundings;
import dev.sluice.plan.admit.Rollout.Entry;
import dev.sluice.plan.admit.Rollout.Order;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutTest {
    @Test
    void oneJobGoesFirstAndTheOthersInWavesOfTheClustersPlaces() {
        List<Applicant> jobs = List.of(
                Fleet.restart("a"),
                Fleet.restart("b"),
                Fleet.restart("c"),
                Fleet.restart("d"),
                Fleet.calm("e"));

        Order order = order(jobs, policy(2, List.of()));

        assertEquals(List.of("a", "b c", "d"), waves(order));
        assertEquals(new TreeMap<>(), order.held());
    }

    @Test
    void aStartWaitsForTheWaveOfWhatItDependsOn() {
        List<Applicant> jobs = List.of(Fleet.start("a", "dependsOn=payments/b"), Fleet.start("b"));

        assertEquals(List.of("b", "a"), waves(order(jobs, policy(5, List.of()))));
    }

    @Test
    void whatNoWaveCanHelpIsHeldWithItsReason() {
        List<Applicant> jobs = List.of(
                Fleet.removed("a"), Fleet.removed("b"), Fleet.removed("c"), Fleet.restart("d"));

        Order order = order(jobs, policy(5, List.of(ChangeClass.UPGRADE)));

        assertEquals(List.of(), waves(order));
        assertEquals(
                List.of(
                        Reason.MassChange,
                        Reason.MassChange,
                        Reason.MassChange,
                        Reason.NeedsAllowance),
                order.held().values().stream().map(Hold::reason).toList());
    }

    @Test
    void theOrderOfTheJobsDoesNotMatter() {
        List<Applicant> jobs =
                new ArrayList<>(List.of(Fleet.restart("a"), Fleet.removed("b"), Fleet.start("c")));
        Order one = order(jobs, policy(1, List.of()));
        Collections.reverse(jobs);

        assertEquals(one, order(jobs, policy(1, List.of())));
    }

    @Test
    void wavesWithoutEndAreCutAndTheRestIsNamed() {
        List<Applicant> jobs = IntStream.range(0, 100)
                .mapToObj(number -> Fleet.restart(String.format("j%03d", number)))
                .toList();

        Order order = order(jobs, policy(1, List.of()));

        assertEquals(100, order.waves().size() + order.later().size());
        assertTrue(order.held().isEmpty());
    }

    private static Order order(List<Applicant> jobs, AdmissionPolicy policy) {
        return Rollout.of(
                jobs.stream().map(RolloutTest::entry).toList(),
                new Circumstances(policy, new TreeMap<>(), List.of(), List.of(), Fleet.NOW));
    }

    private static Entry entry(Applicant job) {
        return new Entry(
                job.desired(),
                new Projection(new Planner())
                        .project(
                                job.desired(),
                                job.record(),
                                Fleet.seen(job.record()),
                                Surroundings.QUIET,
                                Fleet.NOW));
    }

    private static AdmissionPolicy policy(int places, List<ChangeClass> needApproval) {
        return new AdmissionPolicy(
                places,
                new TreeMap<>(Map.of()),
                new TreeMap<>(),
                1,
                Duration.ofHours(1),
                1,
                20,
                needApproval);
    }

    private static List<String> waves(Order order) {
        return order.waves().stream()
                .map(wave -> String.join(" ", wave.stream().map(JobKey::name).toList()))
                .toList();
    }
}
