// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Program;
import dev.sluice.spec.UpgradePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values of a spec as text, in the notation of {@code job.yaml}; an absent value is empty. */
final class Values {
    private Values() {}

    static String kind(JobSpec spec) {
        return spec.program().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static String sql(JobSpec spec, Function<Program.Sql, String> part) {
        return spec.program() instanceof Program.Sql sql ? part.apply(sql) : "";
    }

    static String jar(JobSpec spec, Function<Program.Jar, String> part) {
        return spec.program() instanceof Program.Jar jar ? part.apply(jar) : "";
    }

    static String python(JobSpec spec, Function<Program.Python, String> part) {
        return spec.program() instanceof Program.Python python ? part.apply(python) : "";
    }

    /** The digest is the identity; without a lock file the coordinate must serve. */
    static String identity(Artifact artifact) {
        return artifact.digest().map(Digest::hex).orElse(artifact.coordinate());
    }

    static String artifact(Artifact artifact) {
        return artifact.toString();
    }

    static String state(UpgradePolicy policy) {
        return policy.discardableReason()
                .map(reason -> "discardable: " + reason)
                .orElse("required");
    }

    static String schedule(JobSpec spec) {
        return spec.schedule()
                .map(schedule -> schedule.cron() + " " + schedule.timeZone())
                .orElse("");
    }

    static String rate(HealthRules.Rate rate) {
        return rate.amount() + "/" + text(rate.window());
    }

    static String restore(JobSpec spec) {
        return spec.lineage().restore().map(Values::restore).orElse("");
    }

    static String adopt(JobSpec spec) {
        return spec.lineage()
                .adopt()
                .flatMap(adopt -> adopt.jobId()
                        .map(Object::toString)
                        .or(adopt::applicationId)
                        .or(adopt::clusterId))
                .orElse("");
    }

    static String ignoreUnmanaged(JobSpec spec) {
        return spec.lineage().ignoreUnmanaged() ? "true" : "";
    }

    static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    /** {@code PT10M} is written {@code 10m}. */
    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** A list with its borders: one argument with a comma is not two arguments. */
    static String join(List<String> values) {
        return values.isEmpty()
                ? ""
                : values.stream().map(Values::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String value) {
        boolean isPlain = !value.isEmpty() && !value.contains(",") && !value.contains("\"");
        return isPlain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String restore(Lineage.Restore word) {
        String what = word.from()
                .map(path -> "from " + path)
                .orElseGet(() -> "empty (" + word.reason().orElse("no reason given") + ")");
        return what + ", nonce " + word.nonce();
    }
}
