// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Resources;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a job or a session cluster may use. */
public final class ResourcesBinder {
    /** Flink's MemorySize: a number and an optional unit. */
    private static final Pattern MEMORY = Pattern.compile(
            "(?i)[0-9]{1,15} ?(b|bytes|k|kb|kibibytes|m|mb|mebibytes|g|gb|gibibytes|t|tb|tebibytes)");

    private ResourcesBinder() {}

    static Resources resources(Fields resources) {
        Fields taskManager = resources.below("taskManager");
        return new Resources(
                resources.integer("parallelism", 1).orElse(1),
                process(resources.below("jobManager")),
                process(taskManager),
                taskManager.integer("slots", 1));
    }

    /** One kind of process. */
    public static Resources.Process process(Fields process) {
        Optional<String> memory = process.parsed(
                "memory",
                "an amount of memory with a unit, such as 1g or 1024m",
                text -> Optional.of(text)
                        .filter(amount -> MEMORY.matcher(amount).matches()));
        return new Resources.Process(memory, process.number("cpu"));
    }
}
