// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One request to the ResourceManager for all jobs, then each JobManager directly, some at a time. What
 * YARN's word means for a job:
 *
 * <table>
 * <caption>by state</caption>
 * <tr><td>NEW to ACCEPTED</td><td>INITIALIZING, with YARN's reason why it waits</td></tr>
 * <tr><td>RUNNING</td><td>what the JobManager says; one that does not answer hides its own job
 *     only</td></tr>
 * <tr><td>FAILED</td><td>FAILED, with YARN's diagnostics</td></tr>
 * <tr><td>FINISHED</td><td>FINISHED if it ends with its job, else somebody ended it: CANCELED</td></tr>
 * <tr><td>KILLED</td><td>CANCELED, or what its job had become before its master was ended</td></tr>
 * <tr><td>not listed, no answer</td><td>nothing is said of the job</td></tr>
 * </table>
 *
 * <p>A session cluster tells of its jobs while its JobManager answers; when it has ended, nothing is said
 * of them.
 */
final class Watching implements AutoCloseable {
    private static final int AT_ONCE = 8;

    /** For the job's program to make its job, in which the JobManager does not list it yet. */
    private static final Duration BEGINNING = Duration.ofMinutes(2);

    private final Reports manager;
    private final JobManagers jobManagers;
    private final Leftovers leftovers;
    private final MasterLogs logs;
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread asking = new Thread(task, "yarn-observe");
        asking.setDaemon(true);
        return asking;
    });

    Watching(
            Reports manager,
            JobManagers jobManagers,
            Leftovers leftovers,
            MasterLogs logs,
            Clock clock) {
        this.manager = manager;
        this.jobManagers = jobManagers;
        this.leftovers = leftovers;
        this.logs = logs;
        this.clock = clock;
    }

    /** Jobs that were seen, and what could not be. */
    record Seen(List<LiveJob> jobs, List<String> problems) {}

    Seen look(Map<JobId, Integer> detailed) throws IOException {
        List<LiveJob> jobs = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Future<List<LiveJob>>> asked = new ArrayList<>();
        Set<String> running = new TreeSet<>();
        for (Application application : manager.tagged(Tags.PRODUCT)) {
            Optional<JobId> id = Tags.idOf(application);
            Optional<Connection> connection = jobManagers.of(application);
            connection.ifPresent(unused -> running.add(application.id()));
            if (Tags.isSession(application)) {
                connection.ifPresent(shared ->
                        asked.add(threads.submit(() -> shared.session().observe(detailed))));
            } else if (id.isPresent() && connection.isPresent()) {
                asked.add(threads.submit(
                        () -> ask(application, id.get(), connection.get(), detailed)));
            } else if (id.isPresent()) {
                if (detailed.containsKey(id.get())) {
                    logs.keep(id.get(), application);
                }
                jobs.add(live(application, id.get(), status(application)));
            }
        }
        jobManagers.keepOnly(running);
        leftovers.keepOnly(running);
        collect(asked, jobs, problems);
        return new Seen(jobs, problems);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        leftovers.close();
        logs.close();
    }

    private List<LiveJob> ask(
            Application application, JobId id, Connection connection, Map<JobId, Integer> detailed)
            throws RestFailure {
        List<LiveJob> own = connection.session().observe(detailed).stream()
                .filter(job -> job.id().equals(id))
                .toList();
        own.forEach(job -> leftovers.look(application, job.status()));
        Duration age = Duration.between(application.startedAt(), clock.instant());
        return own.isEmpty() && age.compareTo(BEGINNING) < 0
                ? List.of(live(application, id, JobStatus.INITIALIZING))
                : own;
    }

    private static void collect(
            List<Future<List<LiveJob>>> asked, List<LiveJob> jobs, List<String> problems) {
        for (Future<List<LiveJob>> answer : asked) {
            try {
                jobs.addAll(answer.get());
            } catch (ExecutionException e) {
                problems.add(e.getCause().getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                problems.add("interrupted");
            }
        }
    }

    private static JobStatus status(Application application) {
        boolean endsItself = application.tags().contains(Tags.ENDS)
                && application.finalStatus().equals("SUCCEEDED");
        return switch (application.state()) {
            case NEW, NEW_SAVING, SUBMITTED, ACCEPTED, RUNNING -> JobStatus.INITIALIZING;
            case FAILED -> JobStatus.FAILED;
            case KILLED -> Leftovers.last(application).orElse(JobStatus.CANCELED);
            case FINISHED ->
                endsItself
                        ? JobStatus.FINISHED
                        : application.finalStatus().equals("FAILED")
                                ? JobStatus.FAILED
                                : JobStatus.CANCELED;
        };
    }

    private LiveJob live(Application application, JobId id, JobStatus status) {
        JobDetail detail = new JobDetail(
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                false,
                0,
                Optional.of(application.words()
                        + logs.find(id).map(file -> "; its log is in " + file).orElse("")));
        return new LiveJob(
                id,
                application.name(),
                status,
                application.startedAt(),
                0,
                Tags.versionOf(application),
                application.logs(),
                Optional.of(detail));
    }
}
