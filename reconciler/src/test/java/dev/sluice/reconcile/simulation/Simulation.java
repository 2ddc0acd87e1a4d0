// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.loop.LoopHouse;
import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.reconcile.simulation.HouseWatch.Happening;
import dev.sluice.reconcile.simulation.Process.Blow;
import dev.sluice.reconcile.simulation.Process.Point;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One run: chaos as its script says, then calm and a last commit that must come true. */
final class Simulation implements World {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int TICK = 2;
    private static final int PATIENCE = 2400;
    private static final int REST = 60;

    private final class VirtualClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Script script;
    private final Trace trace;
    private final Estate estate;
    private final HouseWatch watch;
    private final Disk disk = new Disk();
    private final Faults faults = new Faults();
    private final Git git;
    private final ModelJournal journal = new ModelJournal();
    private final Invariants invariants;
    private final List<Process> processes = new ArrayList<>();
    private final Set<JobKey> advised = new HashSet<>();
    private final Set<JobKey> told = new HashSet<>();
    private final TreeMap<String, Flink> clusters = new TreeMap<>();
    private Instant now = START;

    private Simulation(Script script, Bend bend, Trace trace) {
        this.script = script;
        this.trace = trace;
        this.estate = script.estate();
        this.git = new Git(
                estate,
                script.isApplication() ? FlinkTarget.Mode.APPLICATION : FlinkTarget.Mode.SESSION,
                () -> now);
        this.watch = new HouseWatch(estate, journal, git, () -> now);
        this.invariants = new Invariants(journal, disk, watch);
        estate.clusters()
                .forEach(name ->
                        clusters.put(name, new Flink(script, disk, faults, invariants, START)));
        IntStream.range(0, Script.CONTROLLERS)
                .forEach(number -> processes.add(new Process("c" + number, this, bend)));
    }

    /** Plays a script to its end. The violation it finds, if any; what it says is in the trace. */
    static Optional<Violation> play(Script script, Bend bend, Trace trace) {
        Simulation simulation = new Simulation(script, bend, trace);
        try {
            simulation.play();
            return Optional.empty();
        } catch (Violation violation) {
            simulation.say(violation::getMessage);
            return Optional.of(violation);
        } catch (RuntimeException e) {
            simulation.say(e::toString);
            return Optional.of(new Violation("crash", e + " at " + e.getStackTrace()[0]));
        }
    }

    /** What is done to a job while the script's events happen, up to the calm. */
    static List<Happening> happened(Script script, Bend bend, JobKey key) {
        Simulation simulation = new Simulation(script, bend, new Trace(false));
        simulation.chaos();
        return simulation.watch.happened(key);
    }

    private void play() {
        chaos();
        calm();
        settle();
        changeWhileRunning();
        rest();
    }

    private void chaos() {
        commitToAll(1);
        int next = 0;
        for (int second = 0; second < script.chaos(); second += TICK) {
            while (next < script.events().size() && script.events().get(next).at() <= second) {
                happen(script.events().get(next));
                next++;
            }
            tick();
        }
    }

    /** Changes that need no restart where the scheduler is adaptive, and are made once everywhere. */
    private void changeWhileRunning() {
        git.commit(Specs.key(0), Kind.COMMIT_PARALLELISM, 1);
        git.commit(Specs.key(1), Kind.COMMIT_LOG_LEVEL, 1);
        List<Integer> before = attempts();
        settle();
        boolean isInPlace = attempts().equals(before);
        if (script.isAdaptive() && !isInPlace) {
            throw new Violation("I5", "a change that needs no restart was made by one");
        }
    }

    private List<Integer> attempts() {
        return IntStream.range(0, Estate.PAIR.jobs())
                .mapToObj(job -> journal.record(Specs.key(job)).orElseThrow().attempt())
                .toList();
    }

    private void commitToAll(int variant) {
        IntStream.range(0, estate.jobs())
                .forEach(job -> git.commit(Specs.key(job), Kind.COMMIT_SQL, variant));
    }

    private void tick() {
        now = now.plusSeconds(TICK);
        clusters.values().forEach(flink -> flink.advance(now));
        assertAlone();
        for (Process process : processes) {
            process.tick();
            assertAlone();
        }
    }

    private void assertAlone() {
        for (int job = 0; job < estate.jobs(); job++) {
            invariants.alone(Specs.key(job), working(Specs.key(job)));
        }
        watch.look();
    }

    private List<FlinkJob> working(JobKey key) {
        List<FlinkJob> found = new ArrayList<>();
        clusters.values().forEach(flink -> found.addAll(flink.working(key)));
        return found;
    }

    private void happen(Event event) {
        say(event::toString);
        switch (event.kind().scope()) {
            case JOB -> toJob(event, Specs.key(event.job()));
            case CLUSTER -> toCluster(event);
            case CONTROLLER -> toController(event, processes.get(event.job() % Script.CONTROLLERS));
        }
    }

    private void toJob(Event event, JobKey key) {
        switch (event.kind()) {
            case JOB_FAILS -> clusters.values().forEach(flink -> flink.fail(key, JobStatus.FAILED));
            case USER_CANCELS ->
                clusters.values().forEach(flink -> flink.fail(key, JobStatus.CANCELED));
            case REVIVED ->
                clusters.values().forEach(flink -> flink.revive(key, event.amount() / 2));
            case JOB_RESTARTS ->
                clusters.values().forEach(flink -> flink.restart(key, 4 + 2 * event.amount()));
            case OMIT_FROM_OVERVIEW, UNWRITABLE ->
                faults.spoil(key, event.kind(), now.plusSeconds(event.amount()));
            case COMMIT_SQL,
                    COMMIT_BAD_SQL,
                    COMMIT_UNFIT_SQL,
                    COMMIT_REVERT,
                    COMMIT_PARALLELISM,
                    COMMIT_LOG_LEVEL,
                    COMMIT_SUSPEND,
                    COMMIT_RESUME,
                    COMMIT_DELETE,
                    COMMIT_EMPTY,
                    COMMIT_WAVE,
                    COMMIT_MOVE,
                    COMMIT_INVALID -> git.commit(key, event.kind(), event.amount());
            default -> faults.arm(key, event.kind(), event.amount());
        }
    }

    private void toCluster(Event event) {
        List<String> names = estate.clusters();
        Flink flink = clusters.get(names.get(event.job() % names.size()));
        switch (event.kind()) {
            case JOB_MANAGER_LOST -> flink.loseJobManager(3 + event.amount() / 2);
            case RESOURCE_MANAGER_LOST -> flink.loseResourceManager(event.amount());
            default -> flink.unreachable(event.amount());
        }
    }

    private void toController(Event event, Process process) {
        Point point = Point.values()[event.amount() % Point.values().length];
        switch (event.kind()) {
            case CRASH -> process.strike(new Blow(point, true, 2 + event.amount() / 5));
            case PAUSE -> process.strike(new Blow(point, false, 3 + event.amount() / 3));
            default -> process.lookLate(event.amount() / 2);
        }
    }

    private void calm() {
        say(() -> "calm");
        faults.clear();
        clusters.values().forEach(Flink::calm);
        processes.forEach(Process::calm);
        commitToAll(0);
    }

    /** I5: what git says comes true within a bound. */
    private void settle() {
        for (int second = 0; second < PATIENCE; second += TICK) {
            tick();
            IntStream.range(0, estate.jobs()).forEach(this::adviseIfNeeded);
            if (IntStream.range(0, estate.jobs()).allMatch(this::isSettled)) {
                return;
            }
        }
        for (int job = 0; job < estate.jobs(); job++) {
            if (!isSettled(job)) {
                throw new Violation("I5", Specs.key(job).name() + " ends in " + end(job));
            }
        }
    }

    /**
     * A person does what the controller said that it waits for: commits a change, once a job; ends what
     * came back to life; says of a job that came back which state counts.
     */
    private void adviseIfNeeded(int job) {
        JobKey key = Specs.key(job);
        if (isBlocked(key, Reason.RunsUnexpectedly)) {
            clusters.values().forEach(flink -> flink.endRevived(key));
        }
        boolean hasRevived = clusters.values().stream().anyMatch(flink -> flink.hasRevived(key));
        if (hasRevived && isBlocked(key, Reason.StateUnknown) && told.add(key)) {
            git.commit(key, Kind.COMMIT_EMPTY, 0);
        }
        boolean isAsked = journal.record(key).filter(Simulation::asksForCommit).isPresent();
        if (isAsked && advised.add(key)) {
            git.commit(key, Kind.COMMIT_SQL, 0);
        }
    }

    private boolean isBlocked(JobKey key, Reason reason) {
        return journal.record(key)
                .map(JobRecord::phase)
                .filter(phase ->
                        phase instanceof Phase.Blocked blocked && blocked.reason() == reason)
                .isPresent();
    }

    private static boolean asksForCommit(JobRecord record) {
        boolean isStopped = record.phase() instanceof Phase.Blocked blocked
                && blocked.reason() == Reason.ExternallyStopped;
        return isStopped
                || record.notes()
                        .refused()
                        .filter(refusal -> refusal.reason() == Reason.SavepointFailed)
                        .isPresent();
    }

    /** I5: and stays so without another effect. */
    private void rest() {
        int effects = invariants.effects();
        for (int second = 0; second < REST; second += TICK) {
            tick();
        }
        boolean isSettled = IntStream.range(0, estate.jobs()).allMatch(this::isSettled);
        if (!isSettled || invariants.effects() != effects) {
            throw new Violation("I5", "there is no rest");
        }
    }

    private boolean isSettled(int job) {
        JobKey key = Specs.key(job);
        Desired.Specified wish = (Desired.Specified) git.wishes().get(key);
        if (wish.job().spec().schedule().isPresent()) {
            return journal.record(key)
                    .filter(record -> !(record.phase() instanceof Phase.Blocked))
                    .flatMap(JobRecord::deployed)
                    .filter(wish.job()::isSameAs)
                    .isPresent();
        }
        boolean isStable = journal.record(key)
                .filter(record -> record.phase() instanceof Phase.Stable)
                .flatMap(JobRecord::deployed)
                .filter(wish.job()::isSameAs)
                .isPresent();
        return isStable
                && working(key).stream()
                        .anyMatch(running -> running.isAs(wish.job().spec()));
    }

    private String end(int job) {
        JobRecord record = journal.record(Specs.key(job)).orElseThrow();
        String why = record.phase() instanceof Phase.Blocked blocked
                ? blocked.reason() + " " + blocked.text()
                : record.notes().refused().map(Object::toString).orElse("");
        return record.phase().word() + " " + why;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Git git() {
        return git;
    }

    @Override
    public ModelJournal journal() {
        return journal;
    }

    @Override
    public Invariants invariants() {
        return invariants;
    }

    @Override
    public ModelDriver driver(String cluster, Bend bend) {
        Flink flink = clusters.get(cluster);
        return new ModelDriver(cluster, flink, disk, faults, bend, new VirtualClock());
    }

    @Override
    public Estate estate() {
        return estate;
    }

    @Override
    public HouseWatch watch() {
        return watch;
    }

    @Override
    public LoopHouse house() {
        LoopHouse house = new LoopHouse(new VirtualClock(), journal.facts());
        estate.environment(git.approvals()).ifPresent(house::adopt);
        return house;
    }

    @Override
    public int hangs(JobKey key) {
        return faults.take(key, Kind.CALL_HANGS).orElse(0);
    }

    @Override
    public void say(Supplier<String> text) {
        trace.say(now, text);
    }
}
