// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.JobRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One counting job on real Flink, upgraded again and again by controllers that die; beside them, an
 * observer.
 */
final class CrashWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROWS = 25;

    private final Path folder;
    private final Setting setting;
    private final Random random;
    private final JobRepository repository;
    private final Controllers controllers;
    private boolean isWhole = true;
    private Ground ground;
    private Observer observer;
    private Journal journal;
    private int version;
    private int parallelism = CountingJob.PARALLELISM;

    private CrashWorld(Path folder, Setting setting, Random random) throws IOException {
        this.folder = folder;
        this.setting = setting;
        this.random = random;
        this.repository = new JobRepository(folder.resolve("jobs.git"));
        this.controllers = new Controllers(
                ControllerJava.packed(folder.resolve("java")), folder, repository.url());
    }

    static Path data(Path folder) {
        return folder.resolve("controller");
    }

    /** A world in which the job runs as its first attempt. */
    static CrashWorld begin(Path folder, Setting setting, Random random) throws Exception {
        CrashWorld world = new CrashWorld(folder, setting, random);
        Path output = folder.resolve("output");
        world.repository.commit("Begin", files -> CountingJob.write(files, output, setting));
        Files.createDirectories(data(folder));
        Journal.open(data(folder)).close();
        world.journal = Journal.view(data(folder));
        world.controllers.start(Trap.NONE);
        world.awaitStable(1);
        world.controllers.endFirst();
        world.stepBetween(output);
        return world;
    }

    /** From now on the observer watches, and answers can be lost. */
    private void stepBetween(Path output) throws IOException {
        ground = setting.kind() == Setting.Kind.APPLICATION
                ? new ApplicationGround(folder)
                : SessionGround.stepBetween(folder, setting);
        observer = new Observer(
                ground.eyes(),
                ground::follow,
                new OutputWitness(output),
                new JournalWitness(data(folder)),
                data(folder).resolve("clusters/main/state/savepoints"));
        ground.hear(observer);
        observer.watch();
    }

    /**
     * Lets a controller die at the fail-point, and others bring the job to its next attempt.
     *
     * @param next where the last of them is to die in the next round
     */
    void play(FailPoint point, Blow blow, String next) throws Exception {
        soundly(() -> playRound(point, blow, next));
    }

    /** Where a promise was broken the world is of no more use. */
    private void soundly(Round round) throws Exception {
        if (!isWhole) {
            throw new AssertionError("an earlier round of this world has failed");
        }
        isWhole = false;
        round.play();
        isWhole = true;
    }

    private interface Round {
        void play() throws Exception;
    }

    private void playRound(FailPoint point, Blow blow, String next) throws Exception {
        int attempt = attempt() + (setting.isInPlace(point.kind()) ? 0 : 1);
        die(point, blow);
        if (blow == Blow.HALT_TWICE) {
            dieOnceMore(attempt);
        }
        finish(attempt, next);
    }

    /** Lets a controller die at the fail-point. */
    void die(FailPoint point, Blow blow) throws Exception {
        Scene scene = point.kind().scene();
        prepare(scene, point.toString());
        Files.deleteIfExists(Trap.tale(folder));
        if (blow == Blow.ANSWER_LOST) {
            ground.loseAnswer(point.kind());
        }
        Files.writeString(Trap.armed(folder), "");
        trigger(scene, point.toString());
        awaitDeath(point);
    }

    /** A controller runs, the job is well, and its script is changed. */
    void upgradeLater() throws Exception {
        controllers.running(Trap.NONE);
        upgrade();
    }

    /** The last change comes true, and every promise was kept. */
    void awaitUpgrade(int attempt) throws Exception {
        awaitStable(attempt);
        ground.heal();
        assertPromises();
    }

    /** The cluster that the job shares. */
    SessionGround session() {
        if (ground instanceof SessionGround session) {
            return session;
        }
        throw new IllegalStateException("no session cluster in this world");
    }

    void startController() throws Exception {
        controllers.running(Trap.NONE);
    }

    /** Ends the controller; what it was doing is left as it is. */
    void endController() {
        controllers.kill();
    }

    /** Waits until the journal says so of the job. */
    void await(String claim, Predicate<JobRecord> condition) throws Exception {
        until(claim, () -> condition.test(journal.record(CountingJob.KEY)));
    }

    /** A commit that changes something else of the job. */
    void commit(String subject, Consumer<TreeMap<String, String>> change) throws IOException {
        repository.commit(subject, change);
    }

    /** What the job waits for, as people read it. */
    String holds() {
        return journal.jobs().stream()
                .flatMap(job -> job.holds().stream())
                .map(Hold::text)
                .collect(Collectors.joining("; "));
    }

    Setting setting() {
        return setting;
    }

    JobRecord record() {
        return journal.record(CountingJob.KEY);
    }

    int attempt() {
        return record().attempt();
    }

    /**
     * Upgrades the job and kills the controller at a random moment, wherever it is then.
     *
     * @param where {@link Trap#NONE} or {@link Trap#COMPILING}
     * @param next the same for the next round
     */
    void kill(Duration latest, String where, String next) throws Exception {
        soundly(() ->
                killRound(Duration.ofMillis(random.nextLong(latest.toMillis())), where, next));
    }

    private void killRound(Duration after, String where, String next) throws Exception {
        int attempt = attempt() + 1;
        controllers.running(where);
        upgrade();
        if (controllers.ended(after).isPresent()) {
            throw new AssertionError("it died by itself: " + controllers.words());
        }
        controllers.kill();
        finish(attempt, next);
    }

    private void prepare(Scene scene, String where) throws Exception {
        controllers.running(where);
        if (scene == Scene.RESUMPTION) {
            repository.commit("Suspend", files -> CountingJob.state(files, "suspended"));
            await("suspended", record -> record.phase() instanceof Phase.Suspended);
        }
        if (scene == Scene.FALLBACK) {
            controllers.kill();
            FailedSavepoints.remember(data(folder));
        }
    }

    private void trigger(Scene scene, String where) throws Exception {
        switch (scene) {
            case UPGRADE -> upgrade();
            case RESUMPTION ->
                repository.commit("Resume", files -> CountingJob.state(files, "running"));
            case FALLBACK -> controllers.start(where);
            case RESCALING -> resize();
            case ELSEWHERE -> throw new IllegalStateException("no world does that");
        }
    }

    /** Between two and three: with one, Flink builds another graph. */
    private void resize() throws IOException {
        parallelism = 5 - parallelism;
        repository.commit("Resize", files -> CountingJob.parallelism(files, parallelism));
    }

    private void upgrade() throws IOException {
        version++;
        repository.commit("Change", files -> CountingJob.change(files, version));
    }

    private void awaitDeath(FailPoint point) throws Exception {
        Process dead = controllers
                .ended(PATIENCE)
                .orElseThrow(() ->
                        new AssertionError("did not die at " + point + ": " + controllers.words()));
        assertEquals(Trap.KILLED, dead.exitValue());
        assertEquals(point.toString(), Files.readString(Trap.tale(folder)));
    }

    /** The successor dies at the first to third moment that it passes, if it passes so many. */
    private void dieOnceMore(int attempt) throws Exception {
        String first = Trap.told(folder);
        controllers.start(Trap.nth(1 + random.nextInt(3)));
        await("dead or through", record -> isStable(record, attempt) || !controllers.isAlive());
        controllers.kill();
        System.out.println("crash halt at " + first + ", then at " + Trap.told(folder));
    }

    /** Whatever died, the next controller brings the job to that attempt, and no promise is broken. */
    void finish(int attempt, String next) throws Exception {
        Files.deleteIfExists(Trap.armed(folder));
        controllers.start(next);
        awaitStable(attempt);
        assertTrue(ground.isSpent(), "the answer that was to be lost was not");
        ground.heal();
        assertPromises();
    }

    /** The job goes on, from where it was, and is left alone. */
    private void assertPromises() throws Exception {
        JournalWitness witness = new JournalWitness(data(folder));
        int meant = witness.intents();
        int rows = observer.rows();
        until("the job goes on writing", () -> observer.rows() >= rows + ROWS);
        until("no number is missing: " + observer.gaps(), () -> observer.gaps().isEmpty());
        String job = journal.record(CountingJob.KEY).currentId().orElseThrow().hex();
        assertEquals(List.of(job), ground.eyes().live());
        assertNotEquals("", ground.eyes().restoredFrom(job));
        assertEquals(meant, witness.intents(), "a stable job is left alone");
        assertEquals(List.of(), observer.violations());
    }

    /**
     * Lets controllers that make a mistake upgrade the job, the first of them dying at the fail-point,
     * until the observer has found what is expected.
     */
    void playUntilFound(Mistake made, FailPoint point, String expected) throws Exception {
        controllers.kill();
        controllers.make(made);
        controllers.start(point.toString());
        Files.deleteIfExists(Trap.tale(folder));
        Files.writeString(Trap.armed(folder), "");
        upgrade();
        awaitDeath(point);
        Files.deleteIfExists(Trap.armed(folder));
        controllers.start(Trap.NONE);
        List<String> found = new ArrayList<>();
        until("found is " + expected + " among " + found, () -> {
            found.addAll(observer.violations());
            return found.stream().anyMatch(violation -> violation.contains(expected));
        });
        controllers.kill();
    }

    /** A controller without mistakes brings the job to that attempt, whatever was broken before. */
    void recover(int attempt) throws Exception {
        controllers.make(Mistake.NONE);
        controllers.running(Trap.NONE);
        awaitStable(attempt);
        controllers.kill();
    }

    private void awaitStable(int attempt) throws Exception {
        await("stable as attempt " + attempt, record -> isStable(record, attempt));
    }

    private boolean isStable(JobRecord record, int attempt) {
        return record.phase() instanceof Phase.Stable
                && record.attempt() == attempt
                && record.deployed().orElseThrow().spec().resources().parallelism() == parallelism;
    }

    /** Anything that may fail or be true. */
    interface Condition {
        boolean holds() throws Exception;
    }

    private void until(String claim, Condition condition) throws Exception {
        Waiting.until(
                PATIENCE,
                condition::holds,
                () -> claim + "; "
                        + journal.record(CountingJob.KEY).phase() + "\n"
                        + holds() + "\n"
                        + controllers.words());
    }

    /** Ends Flink. */
    @Override
    public void close() throws IOException {
        controllers.kill();
        if (observer != null) {
            observer.close();
            ground.close();
        }
        ClusterPlace.stop(data(folder));
        journal.close();
        repository.close();
    }
}
