// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Desired;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Step;
import dev.sluice.plan.Surroundings;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Board.JobNotice;
import dev.sluice.reconcile.service.Service;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What the story plays on: a repository, a running controller, Flink, and the jobs' output. */
final class DemoStage {
    private static final int HISTORY = 100;

    private final DemoRepository repository;
    private final String branch;
    private final Service service;
    private final Path folder;
    private final Checks checks;
    private final FlinkWitness witness = new FlinkWitness();

    DemoStage(
            DemoRepository repository, String branch, Service service, Path folder, Checks checks) {
        this.repository = requireNonNull(repository, "repository is null");
        this.branch = requireNonNull(branch, "branch is null");
        this.service = requireNonNull(service, "service is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.checks = requireNonNull(checks, "checks is null");
    }

    Board board() {
        return service.board();
    }

    /** Proposes a change, prints the plan of it as a pull request would show it, and merges it. */
    CommitId change(JobKey job, String path, String message, UnaryOperator<String> change)
            throws IOException {
        Tree proposed = repository.propose(branch, path, message, change);
        CommitId commit = proposed.commit();
        checks.say("     commit  " + commit.brief() + " on " + branch + ": " + message);
        JobNotice now = notice(job);
        print(proposed, job, now.record(), now.observed());
        repository.merge(branch, commit);
        return commit;
    }

    /** Prints the plan of the branch's first commit, when nothing runs yet. */
    void printFirstPlan(List<JobKey> jobs) throws IOException {
        Tree head = repository.head(branch);
        checks.say("     commit  " + head.commit().brief() + " on " + branch);
        for (JobKey job : jobs) {
            Observed nothing = new Observed.NotListed(Instant.EPOCH, List.of());
            print(head, job, JobRecord.fresh(job), nothing);
        }
    }

    private void print(Tree commit, JobKey job, JobRecord record, Observed observed)
            throws IOException {
        CommitReading reading = new SpecReader().read(commit, branch, Optional.empty());
        EffectiveJob wanted = reading.jobs().get(job);
        if (wanted == null) {
            throw new IOException("the sample is broken: " + reading.findings());
        }
        new Projection(new Planner())
                .project(
                        new Desired.Specified(commit.commit(), wanted),
                        record,
                        observed,
                        Surroundings.QUIET,
                        observed.at())
                .plan()
                .lines()
                .forEach(line -> checks.say("     plan    " + line));
    }

    JobNotice notice(JobKey job) {
        return board().job(job)
                .orElseThrow(() -> new IllegalStateException("no such job: " + job.display()));
    }

    JobId currentId(JobKey job) {
        return JobId.of(job, notice(job).record().attempt());
    }

    NumberedRows rows(JobKey job) {
        return new NumberedRows(folder.resolve("output").resolve(job.name()));
    }

    /** Committed rows, once there are more than so many or patience ends. */
    int rowsBeyond(JobKey job, int before, Duration patience)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        int rows = rows(job).count();
        while (rows <= before && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            rows = rows(job).count();
        }
        return rows;
    }

    /** Ids under which Flink, asked directly, runs the job on any cluster of the demo. */
    List<String> live(JobKey job) throws IOException, InterruptedException {
        List<String> live = new ArrayList<>();
        for (URI cluster : clusters()) {
            live.addAll(witness.live(cluster, job.display()));
        }
        return live;
    }

    String restoredFrom(JobKey job) throws IOException, InterruptedException {
        return witness.restoredFrom(clusterOf(job), currentId(job)).orElse("nothing");
    }

    private URI clusterOf(JobKey job) {
        if (notice(job).observed() instanceof Observed.Present present) {
            return address(present.attempts().get(0));
        }
        throw new IllegalStateException("not observed: " + job.display());
    }

    private SortedSet<URI> clusters() {
        SortedSet<URI> clusters = new TreeSet<>();
        board().clusters().values().stream()
                .flatMap(notice -> notice.observation().jobs().stream())
                .forEach(job -> clusters.add(address(job)));
        return clusters;
    }

    private static URI address(LiveJob job) {
        return URI.create(job.webUrl().orElseThrow()).resolve("/");
    }

    Step.Start lastStart(JobKey job) {
        return service.journal().history(job, HISTORY).stream()
                .map(HistoryEntry::step)
                .filter(Step.Start.class::isInstance)
                .map(Step.Start.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** From the moment the last stop was asked for to the moment the last start was done. */
    Optional<Duration> downtime(JobKey job) {
        List<HistoryEntry> history = service.journal().history(job, HISTORY);
        Optional<Instant> stopped = history.stream()
                .filter(entry -> entry.step() instanceof Step.StopWithSavepoint)
                .map(HistoryEntry::at)
                .findFirst();
        Optional<Instant> started = history.stream()
                .filter(entry -> entry.step() instanceof Step.Start)
                .flatMap(entry -> entry.outcomes().stream())
                .map(HistoryEntry.Result::at)
                .findFirst();
        return stopped.flatMap(from ->
                started.filter(to -> to.isAfter(from)).map(to -> Duration.between(from, to)));
    }

    /** A path without the demo's own folder in front. */
    String shortened(String path) {
        int last = path.lastIndexOf('/');
        return last < 0 ? path : path.substring(last + 1);
    }
}
