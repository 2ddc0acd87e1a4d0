// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.Schedule;
import dev.sluice.spec.UpgradePolicy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Specifications at random, with texts that try to break the format; the seed decides everything. */
final class RandomSpec {
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            " ",
            "\"",
            "\\",
            "'",
            ":",
            "#",
            "{",
            "]",
            "\n",
            "\t",
            "\u00e4",
            "\u4e2d",
            "\ud83d\ude00",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u0001",
            "%",
            "${secret:X}",
            "- ",
            "? ",
            "|",
            ">",
            "&",
            "*",
            "!");

    private final Random random;

    RandomSpec(long seed) {
        this.random = new Random(seed);
    }

    JobSpec next() {
        return new JobSpec(
                new JobKey("acme", "test", "payments", "job-" + random.nextInt(100)),
                new Ownership(text(), text(), pick(Ownership.Criticality.values())),
                pick(JobSpec.State.values()),
                new FlinkTarget(
                        random.nextBoolean() ? "1.20" : "2.0",
                        "main",
                        pick(FlinkTarget.Mode.values()),
                        maybe(() -> "shared")),
                program(),
                artifacts(),
                new Resources(
                        1 + random.nextInt(64),
                        process(),
                        process(),
                        maybe(() -> 1 + random.nextInt(8))),
                texts(),
                upgrade(),
                new FailurePolicy(random.nextInt(5), duration(), duration()),
                maybe(() -> new Schedule("0 0 2 * * ?", ZoneId.of("Asia/Shanghai"))),
                random.nextBoolean() ? List.of() : List.of("payments/a", "payments/b"),
                new HealthRules(
                        maybe(this::duration),
                        maybe(() -> 1 + random.nextInt(5)),
                        maybe(this::rate),
                        maybe(this::rate)),
                texts(),
                new RuntimeOptions(texts(), texts()),
                lineage());
    }

    private Program program() {
        return switch (random.nextInt(3)) {
            case 0 -> new Program.Sql("jobs/a/job.sql", text() + text() + text());
            case 1 ->
                new Program.Jar(
                        new Artifact("com.acme:jar:1." + random.nextInt(9), maybe(this::digest)),
                        maybe(this::text),
                        list());
            default -> new Program.Python("jobs/a/job.py", digest(), list());
        };
    }

    private List<Artifact> artifacts() {
        List<Artifact> artifacts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            artifacts.add(new Artifact("com.acme:dep-" + i + ":1", maybe(this::digest)));
        }
        return artifacts;
    }

    private UpgradePolicy upgrade() {
        return new UpgradePolicy(
                maybe(() -> "reason " + text()),
                duration(),
                pick(UpgradePolicy.SavepointFormat.values()),
                pick(UpgradePolicy.OnSavepointFailure.values()),
                duration(),
                random.nextBoolean(),
                maybe(this::duration),
                pick(UpgradePolicy.OnBadUpgrade.values()),
                pick(UpgradePolicy.RollbackState.values()),
                random.nextBoolean());
    }

    private Lineage lineage() {
        Optional<Lineage.Restore> restore = maybe(() -> random.nextBoolean()
                ? new Lineage.Restore(
                        Optional.of(text() + "x"), 1 + random.nextInt(9), Optional.empty())
                : new Lineage.Restore(
                        Optional.empty(), 1 + random.nextInt(9), Optional.of("r" + text())));
        Optional<Lineage.Adopt> adopt = maybe(() -> switch (random.nextInt(3)) {
            case 0 ->
                new Lineage.Adopt(
                        Optional.of(new JobId(digest().hex().substring(0, 32))),
                        Optional.empty(),
                        Optional.empty());
            case 1 ->
                new Lineage.Adopt(
                        Optional.empty(), Optional.of("application_1_2"), Optional.empty());
            default -> new Lineage.Adopt(Optional.empty(), Optional.empty(), Optional.of(text()));
        });
        return new Lineage(maybe(() -> "payments/old"), restore, adopt, random.nextBoolean());
    }

    private Resources.Process process() {
        return new Resources.Process(
                maybe(() -> 1 + random.nextInt(4) + "g"),
                maybe(() -> 0.25 * (1 + random.nextInt(9))));
    }

    private HealthRules.Rate rate() {
        return new HealthRules.Rate(random.nextInt(20) / 10.0, duration());
    }

    private Duration duration() {
        return Duration.ofMillis(
                List.of(1L, 999L, 1000L, 90_000L, 3_600_000L, 5_400_000L, 172_800_000L)
                        .get(random.nextInt(7)));
    }

    private Digest digest() {
        return Digest.of("" + random.nextLong());
    }

    private List<String> list() {
        return random.nextBoolean() ? List.of() : List.of(text(), text());
    }

    private SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.put("key." + text(), text());
        }
        return texts;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
