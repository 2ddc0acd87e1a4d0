// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.service.Remembered;
import dev.sluice.spec.JobKey;
import dev.sluice.web.view.JobPage;
import picocli.CommandLine.Parameters;

/** {@code TEAM/NAME}, for commands about one job. */
final class JobArgument {
    @Parameters(paramLabel = "TEAM/NAME", description = "The job, such as shop/orders.")
    private String job;

    /**
     * The job's page.
     *
     * @throws InputWrong when the environment has no such job
     */
    JobPage page(Remembered memory) {
        int slash = job.indexOf('/');
        if (slash < 1) {
            throw new InputWrong("expected a job such as shop/orders, found " + job);
        }
        return memory.view()
                .job(job.substring(0, slash), job.substring(slash + 1))
                .orElseThrow(() -> new InputWrong("no job " + job + " in this environment; "
                        + "sluice status lists the jobs"));
    }

    JobKey key(Remembered memory) {
        return page(memory).row().key();
    }
}
