// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import java.util.List;

/** Sample jobs with programs of their own. */
final class JarJobs {
    private JarJobs() {}

    static EffectiveJob effective(SampleJob job, Program program, List<Artifact> dependencies) {
        EffectiveJob usual = job.effective();
        JobSpec spec = usual.spec();
        JobSpec changed = new JobSpec(
                spec.key(),
                spec.ownership(),
                spec.state(),
                spec.flink(),
                program,
                dependencies,
                spec.resources(),
                spec.configuration(),
                spec.upgrade(),
                spec.onFailure(),
                spec.schedule(),
                spec.dependsOn(),
                spec.health(),
                spec.links(),
                spec.runtime(),
                spec.lineage());
        return new EffectiveJob(changed, usual.commit(), usual.digest(), usual.file());
    }
}
