// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Basis;
import dev.sluice.plan.Desired;
import dev.sluice.plan.JobPlan;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalJson;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import java.util.List;
import java.util.Optional;

/**
 * One job's plan for one wish, as the journal keeps it.
 *
 * @param commit the commit that says the wish
 * @param wish id of the wish
 * @param id what an allowance names: the wish's id for the first plan, another for each made anew
 * @param basis what the plan was made from
 * @param lines the plan for people, its assumptions included
 * @param held nothing of it could begin when it was made, because the planner itself held it; the
 *     plan by which it begins takes its place, under the same id
 */
public record StandingPlan(
        CommitId commit, String wish, String id, Basis basis, List<String> lines, boolean held) {
    private static final JournalJson JSON = new JournalJson();

    public StandingPlan {
        requireNonNull(commit, "commit is null");
        requireNonNull(wish, "wish is null");
        requireNonNull(id, "id is null");
        requireNonNull(basis, "basis is null");
        lines = List.copyOf(lines);
    }

    static StandingPlan first(Desired wish, JobPlan plan) {
        return new StandingPlan(
                wish.commit(), wish.plan(), wish.plan(), plan.basis(), plan.lines(), false);
    }

    /** What a job is planned to become that may not begin yet. */
    static StandingPlan held(Desired wish, JobPlan plan) {
        return new StandingPlan(
                wish.commit(), wish.plan(), wish.plan(), plan.basis(), plan.lines(), true);
    }

    /** The plan of a job that was stored last. */
    public static Optional<StandingPlan> newest(Journal journal, JobKey key) {
        return journal.newestPlan(prefix(key))
                .map(text -> JSON.decode(text, StandingPlan.class, digest -> ""));
    }

    /** The plan that takes the place of one whose basis changed. */
    static StandingPlan anew(Desired wish, JobPlan plan, StandingPlan before) {
        String id =
                Digest.of(before.id() + " " + plan.key() + " " + plan.basis()).brief();
        return new StandingPlan(wish.commit(), wish.plan(), id, plan.basis(), plan.lines(), false);
    }

    /** What the ids of all plans of a job begin with in the journal. */
    static String prefix(JobKey key) {
        return key + "/plan/";
    }

    /** Where the journal keeps it; one that is held is not the one by which it begins. */
    String place(JobKey key) {
        return prefix(key) + commit.brief() + "/" + id + (held ? "/held" : "");
    }

    boolean isAnew() {
        return !id.equals(wish);
    }

    /** The wish counts, not the commit: a later one may say the same. */
    public boolean isOf(Desired desired) {
        return wish.equals(desired.plan());
    }
}
