// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.explain;

import dev.sluice.drive.isolation.CompiledJob;
import dev.sluice.drive.isolation.CompiledJob.Operator;
import dev.sluice.spec.Program;
import dev.sluice.spec.yaml.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explanations for programs. */
public final class ExplanationJson {
    private static final String VERSION = "1.0";

    private ExplanationJson() {}

    /** All jobs as one document on one line. */
    public static String of(List<JobExplanation> jobs) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("formatVersion", VERSION);
        root.put("jobs", jobs.stream().map(ExplanationJson::job).toList());
        return JsonWriter.write(root);
    }

    private static Map<String, Object> job(JobExplanation explained) {
        Optional<CompiledJob> compiled = explained.compiled();
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("job", explained.job().key().display());
        job.put("flink", explained.job().spec().flink().version());
        job.put("sql", explained.sql().map(Program.Sql::text));
        job.put("explanation", compiled.flatMap(CompiledJob::explanation));
        job.put(
                "operators",
                compiled.map(CompiledJob::operators).orElse(List.of()).stream()
                        .map(ExplanationJson::operator)
                        .toList());
        job.put("mistake", explained.mistake().map(Object::toString));
        job.put("unknown", explained.unknown());
        return job;
    }

    private static Map<String, Object> operator(Operator operator) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", operator.name());
        map.put("id", operator.id());
        map.put("uid", operator.uid());
        map.put("uidHash", operator.uidHash());
        map.put("parallelism", operator.parallelism());
        map.put("maxParallelism", operator.maxParallelism());
        map.put("keyed", operator.isKeyed());
        return map;
    }
}
