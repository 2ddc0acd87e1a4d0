// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.CommitId;
import java.util.List;
import java.util.Random;

/** A repository that changes at random, one commit after the other; the seed decides everything. */
final class RandomRepository {
    private final Random random;
    private final int jobs;
    private final EditableTree tree = new EditableTree();
    private int commits;

    RandomRepository(long seed, int jobs) {
        this.random = new Random(seed);
        this.jobs = jobs;
        repository();
        environment();
        variables();
        tree.put("shared/pod.yaml", "metadata: {labels: {region: '${region}'}}\n");
        for (int i = 0; i < jobs; i++) {
            job(i);
        }
    }

    Tree commit() {
        commits++;
        return tree.at(new CommitId(String.format("%040x", commits)));
    }

    /** A handful of edits, each of a kind that people make. */
    void edit() {
        List<Runnable> edits = List.of(
                () -> job(random.nextInt(jobs)),
                () -> job(random.nextInt(jobs)),
                () -> tree.remove(file(random.nextInt(jobs))),
                () -> sql(random.nextInt(jobs)),
                () -> tree.remove(folder(random.nextInt(jobs)) + "/job.sql"),
                this::variables,
                this::environment,
                this::repository,
                () -> team(random.nextInt(3)),
                () -> tree.remove("teams/team-" + random.nextInt(3) + ".yaml"),
                () -> tree.put("shared/pod.yaml", "metadata: {name: n" + random.nextInt(9) + "}\n"),
                () -> move(random.nextInt(jobs)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            edits.get(random.nextInt(edits.size())).run();
        }
    }

    private void repository() {
        tree.put(
                "sluice.yaml",
                "apiVersion: sluice/v1\nkind: Repository\nid: acme\ndefaults: {onFailure: {restarts: "
                        + random.nextInt(9) + "}}\n"
                        + some("flinkVersions: {\"2.0\": {criticality: low}}\n"));
    }

    private void environment() {
        tree.put(
                "environments/test/environment.yaml",
                "apiVersion: sluice/v1\nkind: Environment\nclusters:\n  main: {kind: local, stateDir: ./state}\n"
                        + some("  other: {kind: local, stateDir: ./other}\n")
                        + some("defaults: {resources: {parallelism: 3}}\n")
                        + (commits > 0 ? rare("broken: true\n") : ""));
    }

    private void variables() {
        tree.put(
                "environments/test/variables.yaml",
                "apiVersion: sluice/v1\nkind: Variables\nvariables:\n  used: u\n"
                        + usual("  region: r" + random.nextInt(3) + "\n")
                        + usual("  kafka: {brokers: \"k" + random.nextInt(3)
                                + ":9092\", all: \"${region}-x\"}\n")
                        + usual("  p: {type: number, value: " + random.nextInt(4) + "}\n"));
    }

    private void team(int number) {
        tree.put(
                "teams/team-" + number + ".yaml",
                "apiVersion: sluice/v1\nkind: Team\nname: team-" + number + "\nowners: [o]\n"
                        + some("allow: {clusters: [main, other]}\n")
                        + some("quotas: {parallelism: " + 4 * jobs / 3 + "}\n")
                        + some("variables: {region: team}\n"));
    }

    private void job(int i) {
        String cluster = random.nextInt(8) == 0 ? "other" : "main";
        tree.put(
                file(i),
                "apiVersion: sluice/v1\nkind: Job\nname: job-"
                        + (random.nextInt(50) == 0 ? i + 1 : i)
                        + "\nteam: team-" + i % 3 + "\nflink: {version: \""
                        + (random.nextBoolean() ? "1.20" : "2.0") + "\", cluster: " + cluster
                        + "}\nsql: {file: job.sql}\n"
                        + some("purpose: in ${region}\n") + some("owner: ${kafka.all}\n")
                        + some("resources: {parallelism: \"${p}\"}\n")
                        + some("kubernetes: {podTemplate: shared/pod.yaml}\n")
                        + some("dependsOn: [team-" + (i + 1) % 3 + "/job-" + (i + 1) + "]\n")
                        + some("variables: {region: \"default\", p: {type: number, value: 2}}\n")
                        + rare("environments: {test: absent}\n")
                        + rare("unknown: field\n") + rare("broken: [\n"));
        sql(i);
    }

    private void sql(int i) {
        tree.put(
                folder(i) + "/job.sql",
                "INSERT INTO a SELECT '${region}' FROM b" + random.nextInt(5)
                        + rare(" WHERE x = ${nope}") + ";\n");
    }

    private void move(int i) {
        String moved = "jobs/moved/" + random.nextInt(5) + "/job.yaml";
        tree.text(file(i)).ifPresent(text -> tree.put(moved, text));
    }

    private static String folder(int i) {
        return "jobs/team-" + i % 3 + "/job-" + i;
    }

    private static String file(int i) {
        return folder(i) + "/job.yaml";
    }

    private String usual(String text) {
        return commits == 0 || random.nextInt(4) > 0 ? text : "";
    }

    private String some(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String rare(String text) {
        return random.nextInt(30) == 0 ? text : "";
    }
}
