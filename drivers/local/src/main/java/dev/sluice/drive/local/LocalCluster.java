// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.Place;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.drive.rest.SessionCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session cluster: a JobManager and a TaskManager.
 *
 * <p><b>Supervision</b>, at each look: both alive, nothing to do. TaskManager dead: it is started again
 * and Flink itself restores the jobs. JobManager dead: its TaskManager is killed first, so that nothing
 * can go on writing for jobs that nobody controls, then both are started, empty. What dies right after
 * its start is started again later and later. Processes of this very
 * cluster that live under another path of its folder: nothing is started, a person must choose.
 */
final class LocalCluster {
    private final String flinkVersion;
    private final ClusterFolder folder;
    private final LocalOptions options;
    private final FreePorts free;
    private final Clock clock;
    private final Place here;
    private final Map<Role, RestartBackoff> backoffs = new EnumMap<>(Map.of(
            Role.JOB_MANAGER, new RestartBackoff(), Role.TASK_MANAGER, new RestartBackoff()));
    private Optional<Connection> connection = Optional.empty();

    LocalCluster(String flinkVersion, LocalOptions options, FreePorts ports, Clock clock) {
        this(flinkVersion, options, ports, clock, Place.here());
    }

    /** @param here where this process runs */
    LocalCluster(
            String flinkVersion, LocalOptions options, FreePorts ports, Clock clock, Place here) {
        this.flinkVersion = flinkVersion;
        this.folder = new ClusterFolder(options.directory().resolve("flink-" + flinkVersion));
        this.options = options;
        this.free = ports;
        this.clock = clock;
        this.here = here;
    }

    /** The way to one JobManager process; another process is another connection. */
    record Connection(long jobManager, FlinkRest rest, SessionCluster session) {}

    /** Somebody started this cluster and nobody stopped it. */
    boolean isWanted() {
        return folder.session().isThere();
    }

    /** What keeps dying, for people. */
    synchronized Optional<String> trouble() {
        return backoffs.entrySet().stream()
                .filter(backoff -> backoff.getValue().next().isPresent())
                .map(backoff -> backoff.getKey().label() + " of Flink " + flinkVersion + " ended "
                        + backoff.getValue().crashes()
                        + " times right after its start; it is started again at "
                        + backoff.getValue().next().get()
                        + LastWords.of(folder.logs(), backoff.getKey())
                                .map(words -> ": " + words)
                                .orElse("")
                        + "; see "
                        + folder.logs().resolve(backoff.getKey().label() + ".log") + " and .out")
                .findFirst();
    }

    boolean isAnyProcessAlive() {
        return !FlinkProcess.all(folder.path()).isEmpty();
    }

    /**
     * Whether none of its processes lives, under this path or another.
     *
     * @throws IOException when nobody can tell from here
     */
    synchronized boolean isEnded() throws IOException {
        Optional<ClusterFile> file = known();
        if (file.isPresent()) {
            refuseOtherPath(file.get());
        }
        return !isAnyProcessAlive();
    }

    /** The connection, when both processes are alive; starts what is not, without waiting for it. */
    synchronized Optional<Connection> supervise(FlinkHome home) throws IOException {
        Optional<Connection> alive = connect();
        if (alive.isPresent()) {
            return alive;
        }
        Optional<FileChannel> lock = folder.tryLock();
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Another supervisor may have been faster.
            Optional<Connection> now = connect();
            return now.isPresent() ? now : restart(home);
        } finally {
            lock.get().close();
        }
    }

    /** The connection, when both processes are alive. */
    synchronized Optional<Connection> connect() throws IOException {
        Optional<ClusterFile> file = known();
        if (file.isEmpty()
                || FlinkProcess.find(file.get().jobManager(), folder.path()).isEmpty()
                || FlinkProcess.find(file.get().taskManager(), folder.path()).isEmpty()) {
            return Optional.empty();
        }
        long pid = file.get().jobManager();
        if (connection.isEmpty() || connection.get().jobManager() != pid) {
            connection = Optional.of(open(pid, file.get().ports()));
        }
        return connection;
    }

    /** Ends the cluster. Jobs die with it; their checkpoints and savepoints stay. */
    synchronized void stop() throws IOException {
        known();
        folder.session().forget();
        connection = Optional.empty();
        killAll(FlinkProcess.all(folder.path()));
    }

    /** What is remembered; refused where its processes cannot be seen from here. */
    private Optional<ClusterFile> known() throws IOException {
        Optional<ClusterFile> file = folder.session().read();
        if (file.isPresent()) {
            refuseOtherPlace(file.get().place());
        }
        return file;
    }

    /** Processes that cannot be seen are not dead: a second cluster would run its jobs twice. */
    private void refuseOtherPlace(Place place) throws IOException {
        String where = switch (here.relationTo(place)) {
            case SAME, REBOOTED -> "";
            case OTHER_NAMESPACE -> "in another container of this host";
            case OTHER_HOST -> "on another host";
        };
        if (!where.isEmpty()) {
            throw new IOException("this cluster was started on " + place.host() + ", " + where
                    + ", and from here nobody can tell whether it runs: use the data directory"
                    + " there, or, once that host or container is gone, delete "
                    + folder.path().resolve("cluster.json"));
        }
    }

    /**
     * A data directory that was moved, copied or reached by another path remembers processes that
     * live under the old path. They run its jobs: a second cluster would run them twice.
     */
    private void refuseOtherPath(ClusterFile known) throws IOException {
        for (long pid : List.of(known.jobManager(), known.taskManager())) {
            Optional<String> mark = FlinkProcess.mark(pid);
            if (mark.isPresent() && FlinkProcess.find(pid, folder.path()).isEmpty()) {
                String path = mark.get().substring(mark.get().indexOf('@') + 1);
                throw new IOException("process " + pid + " runs this cluster for " + path
                        + ", and this is " + folder.path()
                        + ": use the data directory by its old path, or end that process");
            }
        }
    }

    private Optional<Connection> restart(FlinkHome home) throws IOException {
        Optional<ClusterFile> file = known();
        if (file.isPresent()) {
            refuseOtherPath(file.get());
        }
        Path java = options.java()
                .of(home.release())
                .orElseThrow(() ->
                        new IOException(options.java().refusal(home.release()).orElseThrow()));
        Launcher launcher = new Launcher(home, folder, java);
        Optional<FlinkProcess> jobManager =
                file.flatMap(known -> FlinkProcess.find(known.jobManager(), folder.path()));
        killAll(FlinkProcess.all(folder.path()).stream()
                .filter(process -> !Optional.of(process).equals(jobManager))
                .toList());
        if (file.isPresent() && jobManager.isPresent()) {
            ClusterFile known = file.get();
            if (mustWait(Role.TASK_MANAGER)) {
                return Optional.empty();
            }
            long taskManager = launch(launcher, Role.TASK_MANAGER);
            folder.session()
                    .write(new ClusterFile(
                            flinkVersion,
                            known.home(),
                            known.ports(),
                            known.jobManager(),
                            taskManager,
                            here));
            return connect();
        }
        if (mustWait(Role.JOB_MANAGER)) {
            return Optional.empty();
        }
        Ports remembered = file.map(ClusterFile::ports).orElse(new Ports(0, 0));
        Ports ports = remembered.rest() > 0 && remembered.areFree() ? remembered : free.choose();
        Configuration.write(folder, home.release(), options, ports);
        long started = launch(launcher, Role.JOB_MANAGER);
        long taskManager = launch(launcher, Role.TASK_MANAGER);
        folder.session()
                .write(new ClusterFile(
                        flinkVersion, home.root().toString(), ports, started, taskManager, here));
        return connect();
    }

    private boolean mustWait(Role role) {
        return backoffs.get(role).dead(clock.instant()).isPresent();
    }

    private long launch(Launcher launcher, Role role) throws IOException {
        backoffs.get(role).start(clock.instant());
        return launcher.launch(role);
    }

    private static void killAll(List<FlinkProcess> processes) throws IOException {
        for (FlinkProcess process : processes) {
            if (!process.kill()) {
                throw new IOException("process " + process.handle().pid() + " does not end");
            }
        }
    }

    private Connection open(long pid, Ports ports) {
        FlinkRest rest =
                new FlinkRest(URI.create("http://127.0.0.1:" + ports.rest()), RestLimits.DEFAULT);
        FileStateStorage storage = new FileStateStorage(new FolderFiles(options.stateDirectory()));
        SessionCluster session =
                new SessionCluster(rest, storage, () -> orphansExcluded(pid), flinkVersion, clock);
        return new Connection(pid, rest, session);
    }

    /** Sure when the JobManager lives and every TaskManager of the cluster is younger than it. */
    private Optional<String> orphansExcluded(long jobManager) {
        Optional<FlinkProcess> leader = FlinkProcess.find(jobManager, folder.path());
        if (leader.isEmpty()) {
            return Optional.empty();
        }
        Instant since = leader.get().startedAt();
        boolean areOthersYounger = FlinkProcess.all(folder.path()).stream()
                .filter(process -> process.handle().pid() != jobManager)
                .allMatch(process -> process.role() == Role.TASK_MANAGER
                        && !process.startedAt().isBefore(since));
        return areOthersYounger
                ? Optional.of("process " + jobManager + " runs since " + since
                        + " and no process of its cluster is older")
                : Optional.empty();
    }
}
