// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.plan.Adoptable;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.observed.Headroom;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the values of the specification and the planner look as JSON, said beside them and not in them.
 * The words below are written into journals that outlive a renamed class: never change one, add one.
 */
final class PlanMixins {
    private PlanMixins() {}

    static JsonMapper.Builder addTo(JsonMapper.Builder builder) {
        return builder.addMixIn(Phase.class, PhaseWords.class)
                .addMixIn(Step.class, StepWords.class)
                .addMixIn(Outcome.class, OutcomeWords.class)
                .addMixIn(RestoreFrom.class, RestoreWords.class)
                .addMixIn(Desired.class, DesiredWords.class)
                .addMixIn(Observed.class, ObservedWords.class)
                .addMixIn(Adoptable.class, AdoptableWords.class)
                .addMixIn(Headroom.class, HeadroomWords.class)
                .addMixIn(JobId.class, Hex.class)
                .addMixIn(TriggerId.class, Hex.class)
                .addMixIn(Digest.class, Hex.class)
                .addMixIn(CommitId.class, Hash.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
    @JsonSubTypes({
        @Type(value = Phase.Absent.class, name = "Absent"),
        @Type(value = Phase.Staging.class, name = "Staging"),
        @Type(value = Phase.Stopping.class, name = "Stopping"),
        @Type(value = Phase.Cancelling.class, name = "Cancelling"),
        @Type(value = Phase.Recovering.class, name = "Recovering"),
        @Type(value = Phase.Proving.class, name = "Proving"),
        @Type(value = Phase.Stopped.class, name = "Stopped"),
        @Type(value = Phase.Starting.class, name = "Starting"),
        @Type(value = Phase.Verifying.class, name = "Verifying"),
        @Type(value = Phase.Stable.class, name = "Stable"),
        @Type(value = Phase.Suspended.class, name = "Suspended"),
        @Type(value = Phase.Finished.class, name = "Finished"),
        @Type(value = Phase.Blocked.class, name = "Blocked")
    })
    private interface PhaseWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    @JsonSubTypes({
        @Type(value = Step.Stage.class, name = "Stage"),
        @Type(value = Step.StopWithSavepoint.class, name = "StopWithSavepoint"),
        @Type(value = Step.Cancel.class, name = "Cancel"),
        @Type(value = Step.ProveAbsent.class, name = "ProveAbsent"),
        @Type(value = Step.DiscoverState.class, name = "DiscoverState"),
        @Type(value = Step.Start.class, name = "Start"),
        @Type(value = Step.Rescale.class, name = "Rescale"),
        @Type(value = Step.ApplyLive.class, name = "ApplyLive"),
        @Type(value = Step.EndCluster.class, name = "EndCluster")
    })
    private interface StepWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
    @JsonSubTypes({
        @Type(value = Outcome.Done.class, name = "Done"),
        @Type(value = Outcome.Waiting.class, name = "Waiting"),
        @Type(value = Outcome.Failed.class, name = "Failed"),
        @Type(value = Outcome.Unknown.class, name = "Unknown")
    })
    private interface OutcomeWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "restore")
    @JsonSubTypes({
        @Type(value = RestoreFrom.State.class, name = "State"),
        @Type(value = RestoreFrom.Empty.class, name = "Empty")
    })
    private interface RestoreWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "desired")
    @JsonSubTypes({
        @Type(value = Desired.Specified.class, name = "Specified"),
        @Type(value = Desired.Removed.class, name = "Removed")
    })
    private interface DesiredWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "observed")
    @JsonSubTypes({
        @Type(value = Observed.Present.class, name = "Present"),
        @Type(value = Observed.ProvenAbsent.class, name = "ProvenAbsent"),
        @Type(value = Observed.NotListed.class, name = "NotListed"),
        @Type(value = Observed.Unknown.class, name = "Unknown")
    })
    private interface ObservedWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "adoptable")
    @JsonSubTypes({
        @Type(value = Adoptable.Unseen.class, name = "Unseen"),
        @Type(value = Adoptable.Free.class, name = "Free"),
        @Type(value = Adoptable.Taken.class, name = "Taken")
    })
    private interface AdoptableWords {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "headroom")
    @JsonSubTypes({
        @Type(value = Headroom.Slots.class, name = "Slots"),
        @Type(value = Headroom.Unknown.class, name = "Unknown")
    })
    private interface HeadroomWords {}

    /** A record of one hexadecimal text is that text. */
    private abstract static class Hex {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Hex(String hex) {}

        @JsonValue
        abstract String hex();
    }

    private abstract static class Hash {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Hash(String hash) {}

        @JsonValue
        abstract String hash();
    }
}
