// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.adopt;

import dev.sluice.drive.rest.CheckpointSettings;
import dev.sluice.drive.rest.JobPortrait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text of a {@code job.yaml} that adopts a running job: what the cluster tells, and a comment with
 * {@link #MARK} wherever a person must say what it does not.
 */
public final class AdoptingSpec {
    /** Stands before what a person must fill in. */
    public static final String MARK = "# FILL IN";

    private static final Duration FLINK_TIMEOUT = Duration.ofMinutes(10);
    private static final String CHECKPOINTING = "execution.checkpointing.";

    private final Foundling found;
    private final JobPortrait job;

    public AdoptingSpec(Foundling found) {
        this.found = found;
        this.job = found.job();
    }

    /** The whole file. */
    public String text(String environment, String team, String name) {
        List<String> lines = new ArrayList<>(List.of(
                "# Adopts Flink job " + job.id() + ", " + quoted(job.name()) + ", that runs on "
                        + found.cluster() + " since " + job.startedAt() + ".",
                "# What Flink does not tell is marked; say what runs now, and change it with the"
                        + " next commit.",
                "apiVersion: sluice/v1",
                "kind: Job",
                "name: " + name,
                "team: " + team,
                "flink:",
                "  version: " + quoted(found.flinkVersion()),
                "  cluster: " + found.cluster(),
                "  mode: session",
                MARK + " the program, one of the two:",
                "# sql: {file: job.sql}",
                "# jar: {artifact: \"group:artifact:version\", mainClass: ..., args: []}",
                MARK + " dependencies, if it has any: [\"group:artifact:version\"]"));
        parameters(lines);
        lines.addAll(List.of("resources:", "  parallelism: " + job.parallelism()));
        configuration(lines);
        lines.addAll(List.of(
                "environments:",
                "  " + environment + ":",
                "    adopt: {jobId: \"" + job.id() + "\"}"));
        return String.join("\n", lines) + "\n";
    }

    private void parameters(List<String> lines) {
        if (!job.parameters().isEmpty()) {
            lines.add("# The program has set these parameters: "
                    + job.parameters().keySet());
        }
    }

    private void configuration(List<String> lines) {
        lines.add(MARK + " other configuration that the job was started with, below");
        job.checkpoints().ifPresent(settings -> backend(settings, lines));
        lines.add("configuration:");
        keys().forEach((key, value) -> lines.add("  " + key + ": " + quoted(value)));
        if (keys().isEmpty()) {
            lines.set(lines.size() - 1, "configuration: {}");
        }
        if (job.checkpoints().isEmpty()) {
            lines.add(
                    "# It takes no checkpoints: if it fails before its first stop with a savepoint,"
                            + " its state is lost.");
        } else if (!job.checkpoints().get().isRetained()) {
            lines.add("# Flink deletes its checkpoints when it fails for good or is cancelled; from"
                    + " the next start on they are kept.");
        }
        maximum(lines);
    }

    private static void backend(CheckpointSettings settings, List<String> lines) {
        if (!settings.backend().isEmpty()) {
            lines.add("# Its state backend is " + settings.backend()
                    + "; name it here, unless program or cluster do.");
        }
    }

    private SortedMap<String, String> keys() {
        TreeMap<String, String> keys = new TreeMap<>();
        job.checkpoints().ifPresent(settings -> {
            keys.put(CHECKPOINTING + "interval", millis(settings.interval()));
            if (!settings.isExactlyOnce()) {
                keys.put(CHECKPOINTING + "mode", "AT_LEAST_ONCE");
            }
            if (!settings.timeout().equals(FLINK_TIMEOUT) && !settings.timeout().isZero()) {
                keys.put(CHECKPOINTING + "timeout", millis(settings.timeout()));
            }
            if (!settings.pause().isZero()) {
                keys.put(CHECKPOINTING + "min-pause", millis(settings.pause()));
            }
            if (settings.concurrent() > 1) {
                keys.put(
                        CHECKPOINTING + "max-concurrent-checkpoints",
                        String.valueOf(settings.concurrent()));
            }
            if (settings.isUnaligned()) {
                boolean isOld = found.flinkVersion().startsWith("1.");
                keys.put(CHECKPOINTING + (isOld ? "unaligned" : "unaligned.enabled"), "true");
            }
        });
        job.maxParallelism()
                .filter(maximum -> maximum != derived(job.parallelism()))
                .ifPresent(
                        maximum -> keys.put("pipeline.max-parallelism", String.valueOf(maximum)));
        return keys;
    }

    private void maximum(List<String> lines) {
        job.maxParallelism()
                .filter(maximum -> maximum == derived(job.parallelism()))
                .ifPresent(maximum -> lines.add("# Its maximum parallelism is " + maximum
                        + ", which is also what Flink derives where nobody says one."));
        if (job.maxParallelism().isEmpty()) {
            lines.add(
                    "# Its operators have different maximum parallelisms, which the program sets.");
        }
    }

    /** What Flink takes without a word (KeyGroupRangeAssignment, 1.15 to 2.3). */
    private static int derived(int parallelism) {
        int half = parallelism + parallelism / 2;
        int power = half <= 1 ? 1 : Integer.highestOneBit(half - 1) << 1;
        return Math.min(Math.max(power, 128), 1 << 15);
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /** As YAML has text in double quotes; a job's name may hold anything. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            if (character < ' '
                    || character == 0x7f
                    || character == 0x85
                    || character == 0x2028
                    || character == 0x2029) {
                quoted.append(' ');
            } else if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
