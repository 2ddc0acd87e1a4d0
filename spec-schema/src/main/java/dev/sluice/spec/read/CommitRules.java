// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.Team;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What jobs of one commit may not say together. Every finding holds back the job it is about. */
final class CommitRules {
    private final Collection<JobReading> readings;
    private final SortedMap<String, List<JobReading>> byName = new TreeMap<>();
    private final SortedMap<String, List<SpecError>> findings = new TreeMap<>();

    CommitRules(Collection<JobReading> readings) {
        this.readings = readings;
        readings.forEach(reading -> reading.key()
                .ifPresent(key -> byName.computeIfAbsent(key.display(), unused -> new ArrayList<>())
                        .add(reading)));
    }

    /** Job file to what is wrong with its job. */
    SortedMap<String, List<SpecError>> check(SortedMap<String, TeamFile> teams) {
        duplicates();
        dependencies();
        formerNames();
        teams.values().forEach(file -> quotas(file.team()));
        return findings;
    }

    private void duplicates() {
        byName.forEach((name, files) -> {
            if (files.size() > 1) {
                files.forEach(file -> add(
                        file,
                        "duplicate-job",
                        file.nameAt(),
                        "expected one file for job " + name + ", found another one: "
                                + others(files, file),
                        "rename one of the jobs, or delete its file"));
            }
        });
    }

    private static String others(List<JobReading> files, JobReading self) {
        return String.join(
                ", ",
                files.stream()
                        .map(JobReading::file)
                        .filter(file -> !file.equals(self.file()))
                        .toList());
    }

    private void dependencies() {
        SortedMap<String, List<String>> graph = new TreeMap<>();
        rendered((reading, job) -> {
            job.dependsOn().forEach(name -> known(reading, name));
            graph.put(job.key().display(), job.dependsOn());
        });
        Cycles cycles = Cycles.of(graph);
        for (String member : cycles.members()) {
            byName.get(member)
                    .forEach(reading -> add(
                            reading,
                            "dependency-cycle",
                            dependsOnAt(reading),
                            "job " + member + " waits for itself: " + cycles.path(member),
                            "remove one of these from 'dependsOn'"));
        }
    }

    private void known(JobReading reading, String name) {
        List<JobReading> found = byName.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            add(
                    reading,
                    "unknown-job",
                    dependsOnAt(reading),
                    "expected a job of this commit in 'dependsOn', found \"" + name + "\"",
                    NearestName.of(name, byName.keySet())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("correct the name, or add the job"));
        } else if (found.stream().allMatch(JobReading::absent)) {
            add(
                    reading,
                    "unknown-job",
                    dependsOnAt(reading),
                    "job " + name + " is absent from this environment",
                    "remove it from 'dependsOn'");
        }
    }

    private void formerNames() {
        SortedMap<String, List<JobReading>> claims = new TreeMap<>();
        rendered((reading, job) -> job.lineage()
                .formerly()
                .ifPresent(former -> claims.computeIfAbsent(former, unused -> new ArrayList<>())
                        .add(reading)));
        claims.forEach((former, claimants) -> claimants.forEach(reading -> {
            SourceLocation at = reading.rendered().orElseThrow().formerlyAt();
            if (byName.containsKey(former)) {
                add(
                        reading,
                        "formerly",
                        at,
                        "expected the name of a job that is gone, found " + former
                                + ", which this commit still has",
                        "remove 'formerly', or delete the old job's file");
            } else if (claimants.size() > 1) {
                add(
                        reading,
                        "formerly",
                        at,
                        "expected one heir of " + former + ", found also "
                                + others(claimants, reading),
                        "keep 'formerly' in one of them");
            }
        }));
    }

    /** Over a quota every running job of the team is held: which one is too many is for people to say. */
    private void quotas(Team team) {
        List<JobReading> running = new ArrayList<>();
        rendered((reading, job) -> {
            if (job.key().team().equals(team.name()) && job.state() == JobSpec.State.RUNNING) {
                running.add(reading);
            }
        });
        long parallelism = running.stream()
                .mapToLong(reading -> spec(reading).resources().parallelism())
                .sum();
        over(team, running, running.size(), team.quotas().jobs(), "running jobs");
        over(team, running, parallelism, team.quotas().parallelism(), "parallelism in all");
    }

    private void over(
            Team team, List<JobReading> running, long found, Optional<Integer> quota, String what) {
        quota.filter(limit -> found > limit)
                .ifPresent(limit -> running.forEach(reading -> add(
                        reading,
                        "quota",
                        reading.nameAt(),
                        "expected at most " + limit + " " + what + " for team " + team.name()
                                + ", found " + found,
                        "suspend or shrink a job, or ask whoever owns teams/" + team.name()
                                + ".yaml")));
    }

    private void rendered(java.util.function.BiConsumer<JobReading, JobSpec> action) {
        for (JobReading reading : readings) {
            reading.rendered().ifPresent(rendered -> action.accept(reading, rendered.spec()));
        }
    }

    private static JobSpec spec(JobReading reading) {
        return reading.rendered().orElseThrow().spec();
    }

    private static SourceLocation dependsOnAt(JobReading reading) {
        return reading.rendered().map(JobReading.Rendered::dependsOnAt).orElse(reading.nameAt());
    }

    private void add(
            JobReading reading, String rule, SourceLocation at, String message, String nextStep) {
        Findings one = new Findings();
        one.error(rule, at, "", message, nextStep);
        findings.computeIfAbsent(reading.file(), unused -> new ArrayList<>())
                .addAll(one.toList(reading.key().map(JobKey::display)));
    }
}
