// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Allowance;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.spec.CommitId;
import java.util.List;
import java.util.Optional;

/** The gates in the order in which a person should hear of them. */
final class Gates {
    private final Round round;
    private final Circumstances circumstances;

    Gates(Round round, Circumstances circumstances) {
        this.round = round;
        this.circumstances = circumstances;
    }

    List<Gate> all() {
        return List.of(
                this::massChange,
                this::approval,
                new ClusterFault(round)::hold,
                this::dependency,
                this::window);
    }

    /** A commit that would stop too many jobs for good stops none of them; others may. */
    private Optional<Hold> massChange(Applicant applicant, Beginning beginning) {
        if (beginning != Beginning.STOP
                || circumstances.allowances().contains(Allowance.MASS_CHANGE)) {
            return Optional.empty();
        }
        CommitId commit = applicant.desired().commit();
        int up = round.up();
        int stopping = round.stoppedBy(commit);
        int most = Math.max(1, up * circumstances.policy().massChangePercent() / 100);
        return stopping <= most
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.MassChange,
                        stopping + " of " + up + " jobs would stop by commit " + commit.brief()
                                + " and not start again, " + most
                                + " may; it needs the allowance massChange"));
    }

    private Optional<Hold> approval(Applicant applicant, Beginning beginning) {
        boolean isWish = beginning == Beginning.START
                || beginning == Beginning.RESTART
                || beginning == Beginning.STOP;
        if (!isWish || circumstances.approved().contains(applicant.key())) {
            return Optional.empty();
        }
        return applicant.changes().stream()
                .filter(circumstances.policy().needApproval()::contains)
                .findFirst()
                .map(change -> new Hold(
                        Reason.NeedsAllowance,
                        "the policy of this environment asks a person to approve changes of class "
                                + change + "; it needs the allowance approval"));
    }

    /** A start waits until what it depends on is stable; a restart, while that is changing. */
    private Optional<Hold> dependency(Applicant applicant, Beginning beginning) {
        if (beginning != Beginning.START && beginning != Beginning.RESTART) {
            return Optional.empty();
        }
        List<String> names =
                applicant.wanted().map(job -> job.spec().dependsOn()).orElse(List.of());
        return names.stream()
                .filter(name -> isMissing(name, beginning))
                .findFirst()
                .map(name -> new Hold(
                        Reason.WaitingForDependency,
                        round.job(name).isPresent()
                                ? "waits until " + name + " is stable"
                                : "depends on " + name + ", which this environment does not have"));
    }

    private boolean isMissing(String name, Beginning beginning) {
        Optional<Applicant> job = round.job(name);
        if (beginning == Beginning.START) {
            return job.filter(Applicant::isStable).isEmpty();
        }
        return job.filter(other -> other.isInFlight()
                        || other.isSoaking()
                        || Beginning.of(other) == Beginning.RESTART)
                .isPresent();
    }

    private Optional<Hold> window(Applicant applicant, Beginning beginning) {
        boolean isStop = beginning == Beginning.RESTART || beginning == Beginning.STOP;
        String cluster = applicant.clusters().get(0);
        List<Window> windows = circumstances.windows().get(cluster);
        if (!isStop || windows == null || !applicant.isUndisturbed()) {
            return Optional.empty();
        }
        boolean isOpen = windows.stream().anyMatch(window -> window.contains(circumstances.now()));
        String next = windows.stream()
                .map(Window::from)
                .filter(from -> from.isAfter(circumstances.now()))
                .sorted()
                .findFirst()
                .map(from -> "opens at " + from)
                .orElse("has no further one");
        return isOpen
                ? Optional.empty()
                : Optional.of(new Hold(
                        Reason.WaitingForWindow,
                        "cluster " + cluster + " has a maintenance window, which " + next));
    }
}
