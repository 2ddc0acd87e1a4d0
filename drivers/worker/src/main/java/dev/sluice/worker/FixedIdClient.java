// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.IOException;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClientApplication;
import org.apache.hadoop.yarn.client.api.impl.YarnClientImpl;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * A client that submits under an id which was chosen, and written down, before: the ResourceManager
 * takes an id once and answers a second submission of it as it answered the first
 * (ClientRMService.submitApplication), so that a retry never makes a second application.
 *
 * <p>Flink waits until its application master runs. Nobody waits here: an application that was taken
 * is shown to Flink as running, and is looked at from outside from then on.
 */
final class FixedIdClient extends YarnClientImpl {
    private final ApplicationId chosen;
    private boolean hasAsked;

    FixedIdClient(ApplicationId chosen) {
        this.chosen = chosen;
    }

    /** Whether the ResourceManager may know the application: it was sent, whatever came back. */
    boolean hasAsked() {
        return hasAsked;
    }

    @Override
    public YarnClientApplication createApplication() throws YarnException, IOException {
        YarnClientApplication created = super.createApplication();
        created.getNewApplicationResponse().setApplicationId(chosen);
        created.getApplicationSubmissionContext().setApplicationId(chosen);
        return created;
    }

    @Override
    public ApplicationId submitApplication(ApplicationSubmissionContext context)
            throws YarnException, IOException {
        hasAsked = true;
        return super.submitApplication(context);
    }

    @Override
    public ApplicationReport getApplicationReport(ApplicationId id)
            throws YarnException, IOException {
        ApplicationReport report = super.getApplicationReport(id);
        if (report.getYarnApplicationState() == YarnApplicationState.ACCEPTED) {
            report.setYarnApplicationState(YarnApplicationState.RUNNING);
        }
        return report;
    }
}
