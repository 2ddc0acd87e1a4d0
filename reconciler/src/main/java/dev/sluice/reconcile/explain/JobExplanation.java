// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.explain;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.CompiledJob;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Program;
import dev.sluice.spec.SpecError;
import java.util.Optional;

/**
 * What came of one job; exactly one of the three is there.
 *
 * @param compiled how Flink would run it
 * @param mistake of the job, placed in the file that a person wrote where that is known
 * @param unknown why nothing is known: something is missing on this machine or did not answer
 */
public record JobExplanation(
        EffectiveJob job,
        Optional<CompiledJob> compiled,
        Optional<SpecError> mistake,
        Optional<String> unknown) {
    public JobExplanation {
        requireNonNull(job, "job is null");
        long told = compiled.stream().count()
                + mistake.stream().count()
                + unknown.stream().count();
        if (told != 1) {
            throw new IllegalArgumentException("exactly one must be told of " + job.key());
        }
    }

    static JobExplanation of(EffectiveJob job, CompiledJob compiled) {
        return new JobExplanation(job, Optional.of(compiled), Optional.empty(), Optional.empty());
    }

    static JobExplanation of(EffectiveJob job, SpecError mistake) {
        return new JobExplanation(job, Optional.empty(), Optional.of(mistake), Optional.empty());
    }

    static JobExplanation unknown(EffectiveJob job, String why) {
        return new JobExplanation(job, Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** The statements as Flink is given them, with references in the place of secrets. */
    Optional<Program.Sql> sql() {
        return job.spec().program() instanceof Program.Sql sql
                ? Optional.of(sql)
                : Optional.empty();
    }
}
