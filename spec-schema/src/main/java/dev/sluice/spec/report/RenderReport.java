// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.bind.JobWriter;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code sluice render}: effective specifications, what equals a built-in default left out, or with
 * {@code --explain} every value and where it comes from.
 *
 * @param jobs valid jobs of the reading, in the order in which they are printed
 * @param findings what there is to say about them
 */
public record RenderReport(
        CommitReading reading, List<EffectiveJob> jobs, List<SpecError> findings) {
    public RenderReport {
        requireNonNull(reading, "reading is null");
        jobs = List.copyOf(jobs);
        findings = List.copyOf(findings);
    }

    /** For people: YAML with a comment above each job. */
    public String text() {
        return jobs.stream()
                .map(job -> title(job) + YamlWriter.write(JobWriter.write(job.spec())))
                .collect(Collectors.joining("\n"));
    }

    /** For people: each value, where it comes from and what it overrode. */
    public String explainedText() {
        return jobs.stream()
                .map(job -> title(job)
                        + SpecReader.explain(reading, job.key())
                                .map(ExplanationReport::text)
                                .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    private static String title(EffectiveJob job) {
        return "# " + job.key().display() + "  " + job.file() + "  "
                + job.digest().brief() + "\n";
    }

    /** A YAML document for each job. */
    public String yaml() {
        return jobs.stream()
                .map(job -> "---\n" + YamlWriter.write(JobWriter.write(job.spec())))
                .collect(Collectors.joining());
    }

    /** One YAML document in the shape of {@link #json}. */
    public String explainedYaml() {
        return "---\n" + YamlWriter.write(document(true));
    }

    /** One JSON document; {@code formatVersion} grows in its second part for additions only. */
    public String json(boolean explained) {
        return JsonWriter.write(document(explained)) + "\n";
    }

    private Map<String, Object> document(boolean explained) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("formatVersion", "1.0");
        document.put("jobs", jobs.stream().map(job -> map(job, explained)).toList());
        document.put("findings", JsonReport.findings(findings));
        return document;
    }

    private Map<String, Object> map(EffectiveJob job, boolean explained) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("job", job.key().display());
        map.put("file", job.file());
        map.put("digest", job.digest().hex());
        map.put("spec", JobWriter.write(job.spec()));
        if (explained) {
            SpecReader.explain(reading, job.key())
                    .ifPresent(found -> map.put("fields", ExplanationReport.fields(found)));
        }
        return map;
    }
}
