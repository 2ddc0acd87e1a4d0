// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Explanation;
import dev.sluice.spec.read.SpecReader;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which line of which file says what the effective spec of a job has in a field. */
final class SourceLines {
    private final CommitReading reading;

    SourceLines(CommitReading reading) {
        this.reading = reading;
    }

    /**
     * Field names as a plan writes them, to lines. A list counts from its first element, a script
     * from the first line that differs.
     */
    SortedMap<String, SourceLocation> of(EffectiveJob job, Optional<JobSpec> before) {
        if (before.filter(job.spec()::equals).isPresent()) {
            return Collections.emptySortedMap();
        }
        Optional<Explanation> explanation = SpecReader.explain(reading, job.key());
        if (explanation.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, SourceLocation> lines = new TreeMap<>();
        explanation.get().origins().forEach((pointer, origin) -> {
            String field = dotted(pointer);
            lines.put(field, origin.at());
            if (field.endsWith(".0")) {
                lines.putIfAbsent(field.substring(0, field.length() - 2), origin.at());
            }
        });
        if (job.spec().program() instanceof Program.Sql sql) {
            lines.put("sql", new SourceLocation(sql.file(), firstDifference(sql, before), 1));
        }
        return lines;
    }

    private static String dotted(String pointer) {
        return pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    private static int firstDifference(Program.Sql sql, Optional<JobSpec> before) {
        List<String> now = sql.text().lines().toList();
        List<String> then = before.map(JobSpec::program)
                .filter(Program.Sql.class::isInstance)
                .map(program -> ((Program.Sql) program).text().lines().toList())
                .orElse(List.of());
        int line = 0;
        while (line < Math.min(now.size(), then.size()) && now.get(line).equals(then.get(line))) {
            line++;
        }
        return Math.min(line + 1, Math.max(1, now.size()));
    }
}
