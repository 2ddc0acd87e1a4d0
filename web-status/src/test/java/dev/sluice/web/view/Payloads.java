// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobId;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Ownership.Criticality;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.StatePointer;
import dev.sluice.web.view.EnvironmentPage.ClusterRow;
import dev.sluice.web.view.EnvironmentPage.Leadership;
import dev.sluice.web.view.EnvironmentPage.Reach;
import dev.sluice.web.view.EnvironmentPage.UnmanagedJob;
import dev.sluice.web.view.FleetRow.Status;
import dev.sluice.web.view.FleetRow.Target;
import dev.sluice.web.view.JobPage.CommitLine;
import dev.sluice.web.view.JobPage.Definition;
import dev.sluice.web.view.JobPage.LedgerEntry;
import dev.sluice.web.view.JobPage.Motive;
import dev.sluice.web.view.JobPage.PlannedStep;
import dev.sluice.web.view.JobPage.Standing;
import dev.sluice.web.view.JobPage.StoredPlan;
import dev.sluice.web.view.JobPage.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Texts that try to become code, in every field of the view that takes a text. */
public final class Payloads {
    /** What to try; each one would run {@code alert} or leave its place if it came out as it is. */
    public static final List<String> CORPUS = List.of(
            "<script>document.title='pwned'</script>",
            "<img src=x onerror=\"document.title='pwned'\">",
            "\"><svg onload=\"document.title='pwned'\">",
            "' autofocus onfocus='document.title=1",
            "</textarea></title></style></pre><script>document.title='pwned'</script>",
            "javascript:document.title='pwned'",
            "<a href=\"javascript:document.title='pwned'\">x</a>",
            "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
            "<base href=\"https://evil.example/\">",
            "<!--<iframe srcdoc=\"x\">-->",
            "${7*7}{{7*7}}<%= 7*7 %>@raw(\"<b>\")",
            "&lt;script&gt;\u2028\u202e\u0000\u0008<b>",
            "<style>*{display:none}</style>");

    private Payloads() {}

    /** Production, with the payload wherever a text fits. */
    public static FixedView everywhere(String payload) {
        return new FixedView(
                List.of(job(payload)),
                environment(payload),
                SampleView.metrics(),
                new Readiness(List.of(new Readiness.Check(payload, true, payload))),
                new BuildInfo(payload, payload));
    }

    private static JobPage job(String payload) {
        FleetRow row = row(payload);
        StatePointer pointer = row.state().orElseThrow();
        return new JobPage(
                row,
                List.of(new PlannedStep(payload, payload)),
                Optional.of(new StoredPlan(payload, SampleJobs.NEW, List.of(payload))),
                List.of(new TimelineEntry(
                        SampleJobs.NOW,
                        1,
                        payload,
                        payload,
                        new Motive(
                                SampleJobs.NEW,
                                Optional.of(payload),
                                Optional.of(payload),
                                Optional.of(payload),
                                payload),
                        Evidence.of(pointer).with(payload, payload))),
                List.of(new LedgerEntry(pointer, Standing.LIVE, OptionalLong.of(1))),
                Optional.of(new Definition(payload, Optional.of(payload))),
                Optional.of(payload),
                List.of(finding(payload)),
                List.of(new CommitLine(SampleJobs.NEW, SampleJobs.NOW, payload, payload)));
    }

    private static FleetRow row(String payload) {
        FleetRow orders = SampleJobs.orders();
        StatePointer state = new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                payload,
                JobId.of(orders.key(), 7),
                7,
                1,
                SampleJobs.NOW,
                payload);
        return new FleetRow(
                orders.key(),
                Optional.of(new Ownership(payload, payload, Criticality.HIGH)),
                new Status(orders.status().words(), Reason.Stable, payload, SampleJobs.NOW),
                Optional.of(new Target(payload, payload, 1)),
                orders.revision(),
                orders.attempt(),
                Optional.of(state),
                List.of(
                        new Link(payload, payload),
                        new Link(payload, "https://x.example/" + payload)),
                List.of(new Hold(Reason.SpecInvalid, payload)));
    }

    private static SpecError finding(String payload) {
        return new SpecError(
                Severity.ERROR,
                payload,
                new SourceLocation(payload, 1, 1),
                Optional.of(payload),
                payload,
                payload,
                payload);
    }

    private static EnvironmentPage environment(String payload) {
        return new EnvironmentPage(
                payload,
                new Source(
                        payload,
                        payload,
                        Optional.of(SampleJobs.NEW),
                        payload,
                        Optional.of(SampleJobs.NOW),
                        Optional.of(payload)),
                List.of(new ClusterRow(
                        payload, payload, Reach.UNKNOWN, SampleJobs.NOW, payload, 1)),
                List.of(new UnmanagedJob(payload, payload, new JobId("b".repeat(32)), payload)),
                List.of(finding(payload)),
                new Leadership(false, payload, 1, Optional.of(SampleJobs.NOW)));
    }
}
