// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.Place;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.drive.rest.SessionCluster;
import dev.sluice.drive.rest.StartOnStorage;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The cluster of one attempt: a JobManager that runs this job alone, and a TaskManager.
 *
 * <p><b>Supervision:</b> a dead TaskManager is started again and Flink restores the job. A dead
 * JobManager is the end of the attempt: its TaskManager is killed and nothing is ever started from its
 * command line again, because that names old state.
 *
 * <p><b>Crash safety:</b> {@code application.json} is durable before the first process is launched, and
 * every process carries the folder's name in its command line. Whoever comes later finds the process,
 * or knows that there was one.
 */
final class Application {
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final JobId id;
    private final ClusterFolder folder;
    private final LocalOptions options;
    private final FreePorts free;
    private final Clock clock;
    private final Whereabouts whereabouts;
    private Optional<SessionCluster> session = Optional.empty();

    Application(JobId id, Path path, LocalOptions options, FreePorts ports, Clock clock) {
        this.id = id;
        this.folder = new ClusterFolder(path);
        this.whereabouts = new Whereabouts(Place.here(), path);
        this.options = options;
        this.free = ports;
        this.clock = clock;
    }

    JobId id() {
        return id;
    }

    /** A start of this attempt was begun, whatever became of it. */
    boolean isKnown() {
        return folder.application().isThere();
    }

    /** What is remembered, wherever its processes were started. */
    Optional<ApplicationFile> remembered() throws IOException {
        return folder.application().read();
    }

    /**
     * What is remembered.
     *
     * @throws IOException where a process of it may live that cannot be seen from here
     */
    Optional<ApplicationFile> file() throws IOException {
        Optional<ApplicationFile> file = remembered();
        Optional<String> hidden = file.flatMap(this::hidden);
        if (hidden.isPresent()) {
            throw new IOException(hidden.get());
        }
        return file;
    }

    /** It was ended, and no process was left when what they needed was removed. */
    boolean isFinished(ApplicationFile file) {
        return file.end().isPresent() && folder.isCleared();
    }

    /** Ends and removes what is left of an attempt that is over; false where that must wait. */
    synchronized boolean sweep(ApplicationFile file) throws IOException {
        if (hidden(file).isEmpty() && !isFinished(file)) {
            finish();
        }
        return isFinished(file);
    }

    /** A process that lives without the file that is older than it: somebody deleted its folder. */
    Optional<String> orphan() {
        return FlinkProcess.all(folder.path()).stream()
                .findFirst()
                .map(process -> "process " + process.handle().pid() + " runs job " + id
                        + ", and its folder " + folder.path()
                        + " is gone or not whole: put it back,"
                        + " or end that process");
    }

    /** What became of an earlier launch; empty when there was none. */
    synchronized Optional<Outcome> begun(StartRequest request) throws IOException {
        Optional<ApplicationFile> file = file();
        return file.isPresent()
                ? Optional.of(started(request, file.get()))
                : orphan().map(Outcome.Unknown::new);
    }

    /**
     * Launches it, once; finds out what became of an earlier launch.
     *
     * @throws FileDigest.Changed when a jar is not what was checked; nothing was launched then
     */
    synchronized Outcome start(ApplicationPlan plan) throws IOException {
        Optional<Outcome> begun = begun(plan.request());
        if (begun.isPresent()) {
            return begun.get();
        }
        StartOnStorage stored = new StartOnStorage(storage());
        Optional<Outcome> refusal = stored.refusal(plan.request());
        // Whoever asks has seen that no other attempt lives.
        refusal = refusal.isPresent() ? refusal : stored.outrun(plan.request());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<String> java = options.java().refusal(plan.home().release());
        if (java.isPresent()) {
            return new Outcome.Failed(false, java.get(), Evidence.NONE);
        }
        Optional<FileChannel> lock = folder.tryLock();
        if (lock.isEmpty()) {
            return waiting("another controller is at work on " + folder.path());
        }
        try {
            if (remembered().isEmpty()) {
                prepareAndLaunch(plan);
            }
        } finally {
            lock.get().close();
        }
        return waiting("the cluster of the job is starting");
    }

    private void prepareAndLaunch(ApplicationPlan plan) throws IOException {
        try {
            launch(plan, folder.bring(plan.program()));
        } catch (IOException e) {
            if (!isKnown()) {
                // Nothing was launched, and nobody may ever ask for this attempt again.
                clear();
            }
            throw e;
        }
    }

    private void launch(ApplicationPlan plan, Path entry) throws IOException {
        Ports ports = free.choose();
        Configuration.write(folder, plan.home().release(), options, ports, plan.configuration());
        ApplicationFile file = new ApplicationFile(
                plan.home().release().minor(),
                plan.request().job().spec().key().display(),
                plan.request().attempt(),
                plan.home().root().toString(),
                ports,
                0,
                0,
                whereabouts.here(),
                Optional.empty(),
                Optional.empty(),
                false);
        folder.application().write(file);
        Launcher launcher = new Launcher(plan.home(), folder, java(plan.home()));
        long jobManager = launcher.launch(Role.JOB_MANAGER, plan.jobManager(entry));
        long taskManager = launcher.launch(Role.TASK_MANAGER);
        folder.application().write(file.running(jobManager, taskManager));
    }

    private Path java(FlinkHome home) throws IOException {
        FlinkRelease release = home.release();
        return options.java()
                .of(release)
                .orElseThrow(
                        () -> new IOException(options.java().refusal(release).orElseThrow()));
    }

    private Outcome started(StartRequest request, ApplicationFile file) throws IOException {
        if (file.end().isPresent()) {
            return ended(request, file);
        }
        Optional<FlinkProcess> jobManager = jobManager();
        if (jobManager.isEmpty()) {
            end(dead());
            return ended(request, file().orElseThrow());
        }
        return judged(file, session(file, jobManager.get()).started(request));
    }

    private Outcome judged(ApplicationFile file, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Failed failed
                && failed.evidence().facts().containsKey("burnt")) {
            // The words outlive the processes: the question may come again.
            folder.application().write(file.ended(failed.cause(), true));
            finish();
            return outcome;
        }
        return outcome instanceof Outcome.Done done
                ? new Outcome.Done(done.evidence()
                        .with("web", address(file).toString())
                        .with("logs", folder.logs().toString()))
                : outcome;
    }

    private Outcome ended(StartRequest request, ApplicationFile file) throws IOException {
        String why = file.end().orElseThrow();
        if (file.isBurnt()) {
            return new Outcome.Failed(
                    false, why, Evidence.of("burnt", request.id().hex()));
        }
        return new StartOnStorage(storage())
                .refusal(request)
                .orElseGet(() -> new Outcome.Failed(
                        true,
                        "the cluster of this attempt is over, and is not started again: " + why,
                        Evidence.of("logs", folder.logs().toString())
                                .with("spent", request.id().hex())));
    }

    /** The way to its JobManager, while that lives; sees to its TaskManager. */
    synchronized Optional<SessionCluster> supervise(FlinkHome home) throws IOException {
        Optional<SessionCluster> alive = connect();
        Optional<ApplicationFile> file = file();
        boolean lacksTaskManager = alive.isPresent()
                && FlinkProcess.find(file.orElseThrow().taskManager(), folder.path())
                        .isEmpty();
        if (lacksTaskManager) {
            replaceTaskManager(home, jobManager().orElseThrow());
        }
        return alive;
    }

    private void replaceTaskManager(FlinkHome home, FlinkProcess jobManager) throws IOException {
        Optional<FileChannel> lock = folder.tryLock();
        if (lock.isEmpty()) {
            return;
        }
        try {
            ApplicationFile now = file().orElseThrow();
            Optional<FlinkProcess> alive = FlinkProcess.all(folder.path()).stream()
                    .filter(process -> process.role() == Role.TASK_MANAGER)
                    .findFirst();
            long taskManager = alive.isPresent()
                    ? alive.get().handle().pid()
                    : new Launcher(home, folder, java(home)).launch(Role.TASK_MANAGER);
            folder.application().write(now.running(jobManager.handle().pid(), taskManager));
        } finally {
            lock.get().close();
        }
    }

    /** The way to its JobManager; without one there is no process at all when this returns. */
    synchronized Optional<SessionCluster> connect() throws IOException {
        Optional<ApplicationFile> file = file();
        Optional<FlinkProcess> jobManager = file.isPresent() ? jobManager() : Optional.empty();
        if (jobManager.isPresent() && file.get().end().isEmpty()) {
            return Optional.of(session(file.get(), jobManager.get()));
        }
        if (file.isPresent()) {
            end(dead());
        }
        return Optional.empty();
    }

    private String dead() {
        String why = LastWords.of(folder.logs(), Role.JOB_MANAGER)
                .map(words -> ": " + words)
                .orElse("");
        return "its JobManager ended" + why + "; see " + folder.logs();
    }

    /** Since when its job is known to be over; whoever looks later is told the same. */
    synchronized Instant jobOver() throws IOException {
        Instant now = clock.instant();
        Optional<FileChannel> lock = folder.tryLock();
        if (lock.isEmpty()) {
            return now;
        }
        try {
            ApplicationFile file = file().orElseThrow();
            if (file.jobOver().isEmpty() && file.end().isEmpty()) {
                folder.application().write(file.over(now));
            }
            return file.jobOver().orElse(now);
        } finally {
            lock.get().close();
        }
    }

    /** Ends its processes for good. */
    synchronized void end(String why) throws IOException {
        Optional<ApplicationFile> file = file();
        if (file.isPresent() && file.get().end().isEmpty()) {
            folder.application().write(file.get().ended(why, false));
        }
        if (file.isEmpty() || !isFinished(file.get())) {
            finish();
        }
    }

    /** Ends its processes, then removes what only they needed. */
    private void finish() throws IOException {
        session = Optional.empty();
        for (FlinkProcess process : FlinkProcess.all(folder.path())) {
            if (!process.kill()) {
                throw new IOException("process " + process.handle().pid() + " does not end");
            }
        }
        if (isKnown()) {
            clear();
        }
    }

    private void clear() {
        try {
            folder.clear();
        } catch (IOException unsuccessful) {
            // Nothing of it runs, and that counts; whoever looks next tries again.
            return;
        }
    }

    private Optional<FlinkProcess> jobManager() throws IOException {
        Optional<ApplicationFile> file = remembered();
        Optional<FlinkProcess> known =
                file.flatMap(found -> FlinkProcess.find(found.jobManager(), folder.path()));
        return known.isPresent()
                ? known
                : FlinkProcess.all(folder.path()).stream()
                        .filter(process -> process.role() == Role.JOB_MANAGER)
                        .findFirst();
    }

    private SessionCluster session(ApplicationFile file, FlinkProcess jobManager) {
        if (session.isEmpty()) {
            session = Optional.of(new SessionCluster(
                    new FlinkRest(address(file), RestLimits.DEFAULT),
                    storage(),
                    () -> orphansExcluded(jobManager),
                    file.flink(),
                    clock));
        }
        return session.get();
    }

    /** A JobManager is never followed by another one here, so no TaskManager can be an earlier one's. */
    private static Optional<String> orphansExcluded(FlinkProcess jobManager) {
        return jobManager.handle().isAlive()
                ? Optional.of("process " + jobManager.handle().pid()
                        + " is the only JobManager this attempt ever had")
                : Optional.empty();
    }

    private static URI address(ApplicationFile file) {
        return URI.create("http://127.0.0.1:" + file.ports().rest());
    }

    private FileStateStorage storage() {
        return new FileStateStorage(new FolderFiles(options.stateDirectory()));
    }

    /** Why nobody can tell from here whether it runs; what has no process left can be told everywhere. */
    private Optional<String> hidden(ApplicationFile file) {
        return isFinished(file) ? Optional.empty() : whereabouts.hidden(file);
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
