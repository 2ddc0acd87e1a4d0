// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Allowance;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final AdmissionPolicy WITHOUT_CANARY = new AdmissionPolicy(
            5, new TreeMap<>(), new TreeMap<>(), 0, Duration.ofHours(1), 1, 100, List.of());

    private final Admission admission = new Admission();

    @Test
    void oneCanaryGoesFirstAndItIsTheLeastCriticalByName() {
        List<Applicant> jobs = restarts(4);

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("b c d", names(holds, Reason.WaitingForTurn));
    }

    @Test
    void theRestWaitsWhileTheCanaryIsOnItsWay() {
        List<Applicant> jobs = with(restarts(3), Fleet.stopping("z"));

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("a b c", names(holds, Reason.WaitingForTurn));
    }

    @Test
    void aProvenCanaryLetsAsManyGoAsTheClusterHasPlaces() {
        List<Applicant> jobs = with(restarts(7), Fleet.proven("z"));

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("f g", names(holds, Reason.WaitingForTurn));
    }

    @Test
    void aFailedCanaryHoldsTheRestOfItsCommit() {
        List<Applicant> jobs = with(restarts(2), Fleet.rolledBack("z"));

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("a b", names(holds, Reason.CanaryFailed));
    }

    @Test
    void aQueueHasPlacesOfItsOwn() {
        AdmissionPolicy policy = new AdmissionPolicy(
                5,
                new TreeMap<>(),
                new TreeMap<>(Map.of("etl", 1)),
                0,
                Duration.ofHours(1),
                1,
                20,
                List.of());
        List<Applicant> jobs = List.of(
                Fleet.restart("a", "yarn.queue=etl"),
                Fleet.restart("b", "yarn.queue=etl"),
                Fleet.restart("c"));

        SortedMap<JobKey, Hold> holds = holds(jobs, circumstances(policy));

        assertEquals("b", names(holds, Reason.WaitingForTurn));
    }

    @Test
    void aCommitThatStopsTooManyJobsStopsNone() {
        List<Applicant> jobs = with(calm(7), Fleet.removed("x"), Fleet.removed("y"));

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("x y", names(holds, Reason.MassChange));
    }

    @Test
    void commitsThatStopOneJobEachAreNoMassChange() {
        List<Applicant> jobs = with(calm(3), Fleet.removed("x"), Fleet.removed("y", 3));

        assertEquals(new TreeMap<>(), holds(jobs, Circumstances.ordinary(Fleet.NOW)));
    }

    @Test
    void aFirstStartThatIsReplacedKeepsItsPlaceUntilItIsStable() {
        List<Applicant> jobs = with(
                List.of(),
                Fleet.replaced("a", Fleet.STOPPED),
                Fleet.replaced("b", Fleet.VERIFYING),
                Fleet.removed("old"));

        SortedMap<JobKey, Hold> holds = holds(jobs, circumstances(places(2)));

        assertEquals("old", names(holds, Reason.WaitingForTurn));
        assertEquals(new TreeMap<>(), holds(jobs, circumstances(places(3))));
    }

    @Test
    void aJobThatRecoveredNeedsRoomWhenItChangesBeforeItIsStable() {
        List<Applicant> jobs =
                with(stuckSavepoints(2, Duration.ofMinutes(1)), Fleet.changedAgain("again"));

        SortedMap<JobKey, Hold> holds = holds(jobs, circumstances(places(2)));

        assertEquals("again", names(holds, Reason.WaitingForTurn));
        assertEquals(new TreeMap<>(), holds(jobs, circumstances(places(3))));
    }

    @Test
    void aJobThatRunsIsNotStoppedOutsideTheWindowWhateverItWasOnItsWayTo() {
        Window tonight = new Window(Fleet.NOW.plusSeconds(60), Fleet.NOW.plus(Duration.ofHours(2)));

        SortedMap<JobKey, Hold> holds = holds(List.of(Fleet.changedTwice("a")), windows(tonight));

        assertEquals("a", names(holds, Reason.WaitingForWindow));
    }

    @Test
    void aJobThatFailedWaitsWithItsChangeForApprovalWindowAndWave() {
        AdmissionPolicy policy = new AdmissionPolicy(
                5,
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                Duration.ofHours(1),
                1,
                20,
                List.of(ChangeClass.UPGRADE));
        Applicant job = Fleet.failedWithChange("a");
        Window tonight = new Window(Fleet.NOW.plusSeconds(60), Fleet.NOW.plus(Duration.ofHours(2)));

        assertEquals("a", names(holds(List.of(job), circumstances(policy)), Reason.NeedsAllowance));
        assertEquals("a", names(holds(List.of(job), windows(tonight)), Reason.WaitingForWindow));
        assertEquals(
                "a",
                names(
                        holds(
                                List.of(job, Fleet.rolledBack("z")),
                                Circumstances.ordinary(Fleet.NOW)),
                        Reason.CanaryFailed));
        assertEquals(new TreeMap<>(), holds(List.of(job), Circumstances.ordinary(Fleet.NOW)));
    }

    @Test
    void aFifthOfTheJobsMayStop() {
        List<Applicant> jobs = with(calm(8), Fleet.removed("x"), Fleet.removed("y"));

        assertEquals(new TreeMap<>(), holds(jobs, Circumstances.ordinary(Fleet.NOW)));
    }

    @Test
    void anAllowanceLetsAMassChangePass() {
        List<Applicant> jobs = with(calm(1), Fleet.removed("x"), Fleet.removed("y"));
        Circumstances allowed = new Circumstances(
                AdmissionPolicy.DEFAULT,
                new TreeMap<>(),
                List.of(Allowance.MASS_CHANGE),
                List.of(),
                Fleet.NOW);

        assertEquals(new TreeMap<>(), holds(jobs, allowed));
    }

    @Test
    void theOnlyJobMayAlwaysBeRemoved() {
        assertEquals(
                new TreeMap<>(),
                holds(List.of(Fleet.removed("x")), Circumstances.ordinary(Fleet.NOW)));
    }

    @Test
    void aStartWaitsForWhatItDependsOn() {
        List<Applicant> jobs = List.of(
                Fleet.start("a", "dependsOn=payments/b"),
                Fleet.start("b"),
                Fleet.start("c", "dependsOn=payments/nowhere"),
                Fleet.start("d", "dependsOn=payments/e"),
                Fleet.calm("e"));

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("a c", names(holds, Reason.WaitingForDependency));
    }

    @Test
    void restartsAndStopsWaitForTheWindowStartsAndRecoveriesDoNot() {
        List<Applicant> jobs = List.of(
                Fleet.restart("a"), Fleet.removed("b"), Fleet.start("c"), Fleet.failed("d"));
        Window tonight = new Window(Fleet.NOW.plusSeconds(60), Fleet.NOW.plus(Duration.ofHours(2)));

        SortedMap<JobKey, Hold> before = holds(jobs, windows(tonight));
        SortedMap<JobKey, Hold> inside =
                holds(jobs, windows(new Window(Fleet.NOW, Fleet.NOW.plusSeconds(1))));

        assertEquals("a b", names(before, Reason.WaitingForWindow));
        assertEquals(new TreeMap<>(), inside);
    }

    @Test
    void aClassThatNeedsApprovalWaitsForItsJobToBeApproved() {
        AdmissionPolicy policy = new AdmissionPolicy(
                5,
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                Duration.ofHours(1),
                1,
                20,
                List.of(ChangeClass.UPGRADE));
        Applicant job = Fleet.restart("a");
        Circumstances approved = new Circumstances(
                policy, new TreeMap<>(), List.of(), List.of(job.key()), Fleet.NOW);

        assertEquals("a", names(holds(List.of(job), circumstances(policy)), Reason.NeedsAllowance));
        assertEquals(new TreeMap<>(), holds(List.of(job), approved));
    }

    @Test
    void whenHalfOfAClusterFailsNothingElseChangesThereAndRecoveriesGoOneAtATime() {
        List<Applicant> jobs = List.of(
                Fleet.failed("a"),
                Fleet.failed("b"),
                Fleet.failed("c"),
                Fleet.calm("d"),
                Fleet.restart("e"),
                Fleet.start("f"));

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("e f", names(holds, Reason.ClusterFault));
        assertEquals("b c", names(holds, Reason.WaitingForTurn));
    }

    @Test
    void whatHasBegunIsNeverHeld() {
        List<Applicant> jobs = with(calm(1), Fleet.stopping("a"), Fleet.stopping("b"));
        AdmissionPolicy narrow = new AdmissionPolicy(
                1,
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                Duration.ofHours(1),
                1,
                0,
                List.of(ChangeClass.UPGRADE));

        assertEquals(new TreeMap<>(), holds(jobs, circumstances(narrow)));
    }

    @Test
    void aFirstStartDoesNotWaitForSavepointsOfOthers() {
        List<Applicant> jobs = with(stuckSavepoints(5, Duration.ofMinutes(1)), Fleet.start("new"));

        assertEquals(new TreeMap<>(), holds(jobs, Circumstances.ordinary(Fleet.NOW)));
    }

    @Test
    void aRestartWaitsForSavepointsOfOthersAndIsToldForWhichAndHowLong() {
        List<Applicant> jobs =
                with(stuckSavepoints(5, Duration.ofMinutes(1)), Fleet.removed("old"));

        SortedMap<JobKey, Hold> holds = holds(jobs, circumstances(WITHOUT_CANARY));

        assertEquals(
                "cluster main has 5 jobs on their way, 5 may be: payments/s0, payments/s1,"
                        + " payments/s2 and 2 more; no longer than until 2026-01-01T12:09:00Z",
                holds.get(Fleet.key("old")).text());
    }

    @Test
    void aSavepointBeyondItsTimeoutTakesNoPlaceFromOthers() {
        List<Applicant> jobs =
                with(stuckSavepoints(5, Duration.ofMinutes(10)), Fleet.removed("old"));

        assertEquals(new TreeMap<>(), holds(jobs, circumstances(WITHOUT_CANARY)));
    }

    @Test
    void aFirstStartWaitsForOtherStartsButNotForThoseThatHang() {
        List<Applicant> young = with(hungStarts(5, Duration.ofSeconds(119)), Fleet.start("new"));
        List<Applicant> hung = with(hungStarts(5, Duration.ofSeconds(120)), Fleet.start("new"));

        assertEquals(
                "new",
                names(holds(young, Circumstances.ordinary(Fleet.NOW)), Reason.WaitingForTurn));
        assertEquals(new TreeMap<>(), holds(hung, Circumstances.ordinary(Fleet.NOW)));
    }

    @Test
    void firstStartsTakeNoPlaceFromRestarts() {
        List<Applicant> jobs = with(hungStarts(5, Duration.ZERO), Fleet.removed("old"));

        assertEquals(new TreeMap<>(), holds(jobs, circumstances(WITHOUT_CANARY)));
    }

    @Test
    void startsOfOneRoundShareThePlacesOfTheCluster() {
        List<Applicant> jobs = IntStream.range(0, 7)
                .mapToObj(number -> Fleet.start("n" + number))
                .toList();

        SortedMap<JobKey, Hold> holds = holds(jobs, Circumstances.ordinary(Fleet.NOW));

        assertEquals("n5 n6", names(holds, Reason.WaitingForTurn));
    }

    @Test
    void theOrderOfTheJobsDoesNotMatter() {
        List<Applicant> jobs =
                with(restarts(5), Fleet.start("m"), Fleet.failed("n"), Fleet.removed("o"));
        List<Applicant> shuffled = new ArrayList<>(jobs);
        Collections.reverse(shuffled);

        assertEquals(
                holds(jobs, Circumstances.ordinary(Fleet.NOW)),
                holds(shuffled, Circumstances.ordinary(Fleet.NOW)));
    }

    private SortedMap<JobKey, Hold> holds(List<Applicant> jobs, Circumstances circumstances) {
        return admission.holds(jobs, circumstances);
    }

    private static List<Applicant> restarts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Fleet.restart(String.valueOf((char) ('a' + number))))
                .toList();
    }

    private static List<Applicant> stuckSavepoints(int count, Duration since) {
        return IntStream.range(0, count)
                .mapToObj(number -> Fleet.stopping("s" + number, since))
                .toList();
    }

    private static List<Applicant> hungStarts(int count, Duration since) {
        return IntStream.range(0, count)
                .mapToObj(number -> Fleet.starting("s" + number, since))
                .toList();
    }

    private static List<Applicant> calm(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Fleet.calm("calm-" + number))
                .toList();
    }

    private static List<Applicant> with(List<Applicant> jobs, Applicant... more) {
        return Stream.concat(jobs.stream(), Stream.of(more)).toList();
    }

    private static Circumstances circumstances(AdmissionPolicy policy) {
        return new Circumstances(policy, new TreeMap<>(), List.of(), List.of(), Fleet.NOW);
    }

    private static AdmissionPolicy places(int most) {
        return new AdmissionPolicy(
                most, new TreeMap<>(), new TreeMap<>(), 0, Duration.ofHours(1), 1, 100, List.of());
    }

    private static Circumstances windows(Window window) {
        TreeMap<String, List<Window>> windows = new TreeMap<>();
        windows.put("main", List.of(window));
        return new Circumstances(AdmissionPolicy.DEFAULT, windows, List.of(), List.of(), Fleet.NOW);
    }

    private static String names(SortedMap<JobKey, Hold> holds, Reason reason) {
        return String.join(
                " ",
                holds.entrySet().stream()
                        .filter(entry -> entry.getValue().reason() == reason)
                        .map(entry -> entry.getKey().name())
                        .toList());
    }
}
