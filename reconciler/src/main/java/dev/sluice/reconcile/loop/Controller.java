// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Place;
import dev.sluice.plan.Planner;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.JobMemory;
import dev.sluice.reconcile.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The controller of one environment, put together and running on a thread of its own.
 *
 * <p>Closing it is the same as a crash, only tidier: the lease is given up at once. Clusters and jobs
 * go on, and the next start continues from the journal.
 */
public final class Controller implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    /**
     * How fast the controller looks.
     *
     * @param git how often the repository is asked
     * @param moving how often a cluster is asked while one of its jobs is on the way
     * @param settled how often otherwise
     */
    public record Pace(Duration git, Duration moving, Duration settled) {
        public Pace {
            requireNonNull(git, "git is null");
            requireNonNull(moving, "moving is null");
            requireNonNull(settled, "settled is null");
        }
    }

    private final Thread thread;
    private final Workers workers;
    private final ClusterDrivers drivers;
    private final LeaseKeeper lease;
    private final GitWatch git;
    private final Board board;

    private Controller(
            Thread thread,
            Workers workers,
            ClusterDrivers drivers,
            LeaseKeeper lease,
            GitWatch git,
            Board board) {
        this.thread = thread;
        this.workers = workers;
        this.drivers = drivers;
        this.lease = lease;
        this.git = git;
        this.board = board;
    }

    /**
     * Puts a controller together and starts it.
     *
     * @param owner name of this process for the lease; two processes never share one
     * @param journal stays open when the controller is closed; its opener closes it
     */
    public static Controller start(
            String owner,
            String environment,
            Journal journal,
            GitSource source,
            DriverFactory factory,
            Pace pace) {
        return start(owner, environment, journal, source, factory, pace, Clock.systemUTC());
    }

    /**
     * As above, with another clock.
     *
     * @param wall what people's clocks show; schedules and maintenance windows follow it wherever it
     *     jumps, all else reads it once, at the start
     */
    static Controller start(
            String owner,
            String environment,
            Journal journal,
            GitSource source,
            DriverFactory factory,
            Pace pace,
            Clock wall) {
        return start(owner, environment, journal, journal, source, factory, pace, wall);
    }

    /**
     * As the first, with something in front of the journal.
     *
     * @param jobs hears what is decided, meant and done for each job
     */
    public static Controller start(
            String owner,
            String environment,
            Journal journal,
            JobMemory jobs,
            GitSource source,
            DriverFactory factory,
            Pace pace) {
        Clock wall = Clock.systemUTC();
        return start(owner, environment, journal, jobs, source, factory, pace, wall);
    }

    private static Controller start(
            String owner,
            String environment,
            Journal journal,
            JobMemory jobs,
            GitSource source,
            DriverFactory factory,
            Pace pace,
            Clock wall) {
        Clock clock = new SteadyClock(wall.instant());
        Board board = new Board();
        Inbox inbox = new Inbox();
        ClusterDrivers drivers = new ClusterDrivers(factory);
        LeaseKeeper lease = new LeaseKeeper(journal, owner, LEASE, clock);
        Owners owners = new Owners(
                drivers,
                environment,
                journal.id(),
                Place.here().host() + ":" + journal.directory(),
                clock);
        Supply files = new CommittedFiles(job -> source.tree(job.commit()), factory);
        Workers workers = new Workers(inbox, lease, owners, new StepExecutor(drivers, files));
        GitWatch git = new GitWatch(
                source,
                environment,
                new PollTimes(pace.git(), new SplittableRandom()),
                journal,
                workers,
                inbox,
                board);
        ClusterWatch clusters = new ClusterWatch(
                clock,
                drivers,
                owners,
                workers,
                inbox,
                board,
                journal,
                new ClusterWatch.Periods(pace.moving(), pace.settled()));
        Fleet fleet = new Fleet(jobs, board, new HealthWatch(journal.facts()));
        GuardRails rails = new GuardRails(wall, board::headroom);
        ClusterRegister register = new ClusterRegister(
                drivers, new ClusterMemory(journal, source, environment), fleet, rails, board);
        ReconcileLoop loop = new ReconcileLoop(
                clock,
                inbox,
                new Reign(lease, fleet, board),
                git,
                clusters,
                fleet,
                new Adoption(owners, rails, register, fleet, new Timetable(wall, journal.facts())),
                round(rails, owners, journal, fleet, workers, board));
        Thread thread = new Thread(loop, "reconcile-" + environment);
        thread.start();
        return new Controller(thread, workers, drivers, lease, git, board);
    }

    private static JobRound round(
            GuardRails rails,
            Owners owners,
            Journal journal,
            Fleet fleet,
            Workers workers,
            Board board) {
        return new JobRound(
                new Planner(),
                rails,
                owners,
                new Plans(journal),
                fleet,
                workers,
                new Turnstiles(Turnstile.Limits.DEFAULT),
                board.counts());
    }

    /** Asks the repository soon, because somebody says that its branch has moved. */
    public void fetchSoon() {
        git.hint();
    }

    /** What the controller knows, to be read at any time. */
    public Board board() {
        return board;
    }

    /** Waits until the loop has ended: it was closed, or an error of ours has ended it. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LAST_TURN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.close();
        lease.release();
        drivers.close();
    }
}
