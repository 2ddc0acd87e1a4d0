// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.testing.MemoryTree;
import java.util.Map;
import java.util.Optional;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** P11: a pull request that touches every job, and one that touches a single one; no git, no disk. */
final class Validation implements Benchmark {
    private static final int PEER_SPECS = 200;

    @Override
    public String id() {
        return "p11";
    }

    @Override
    public String question() {
        return "validation of a change that touches all jobs, or one";
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        Map<String, String> files = GeneratedRepository.files(jobs);
        MemoryTree tree = tree(files);
        SpecReader reader = new SpecReader();
        CommitReading before = reader.read(tree, "test", Optional.empty());
        String path = files.keySet().stream()
                .filter(file -> file.endsWith("job.yaml"))
                .findFirst()
                .orElseThrow();
        MemoryTree edited = tree.with(path, files.get(path).replace("edit 0", "edit 1"));
        bench.rounds(() -> {
            long allocated = Cpu.allocated();
            bench.time("all jobs", () -> check(reader.read(tree, "test", Optional.empty()), jobs));
            bench.tell(
                    "all jobs: allocated for each",
                    "KB",
                    (Cpu.allocated() - allocated) / 1e3 / jobs);
            bench.time(
                    "one job of them",
                    () -> check(reader.read(edited, "test", Optional.of(before)), jobs));
            long began = System.nanoTime();
            peer(files.get(path));
            bench.tell(
                    "peer, everit anew for each: projected to all",
                    "ms",
                    (System.nanoTime() - began) / 1e6 / PEER_SPECS * jobs);
        });
    }

    private static MemoryTree tree(Map<String, String> files) {
        return MemoryTree.of(files);
    }

    private static void check(CommitReading reading, int jobs) {
        if (reading.jobs().size() != jobs || reading.hasErrors()) {
            throw new IllegalStateException("not all are valid: " + reading.findings());
        }
    }

    /** The schema loaded for each file, as a script that checks one file at a time does. */
    private static void peer(String text) {
        for (int i = 0; i < PEER_SPECS; i++) {
            Map<String, Object> document =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            SchemaLoader.builder()
                    .schemaJson(new JSONObject(DocumentKind.JOB.schema()))
                    .draftV7Support()
                    .build()
                    .load()
                    .build()
                    .validate(new JSONObject(document));
        }
    }
}
