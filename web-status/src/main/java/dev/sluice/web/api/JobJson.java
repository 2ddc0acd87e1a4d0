// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import static dev.sluice.web.api.Json.array;
import static dev.sluice.web.api.Json.object;
import static dev.sluice.web.api.Json.put;
import static dev.sluice.web.api.Json.time;
import static dev.sluice.web.api.Json.word;

import dev.sluice.plan.Hold;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.JobPage;
import dev.sluice.web.view.JobPage.CommitLine;
import dev.sluice.web.view.JobPage.LedgerEntry;
import dev.sluice.web.view.JobPage.Motive;
import dev.sluice.web.view.JobPage.PlannedStep;
import dev.sluice.web.view.JobPage.StoredPlan;
import dev.sluice.web.view.JobPage.TimelineEntry;
import dev.sluice.web.view.Link;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs as JSON documents. */
public final class JobJson {
    private JobJson() {}

    /** {@code /api/v1/jobs}: the rows in the given order. */
    public static String fleet(List<FleetRow> rows) {
        ObjectNode document = Json.document().put("count", rows.size());
        document.set("jobs", array(rows, JobJson::row));
        return document.toString();
    }

    /** {@code /api/v1/jobs/{team}/{name}}. */
    public static String job(JobPage page) {
        ObjectNode document = Json.document();
        document.set("job", row(page.row()));
        document.set("plan", array(page.plan(), JobJson::planned));
        page.stored().ifPresent(plan -> document.set("storedPlan", stored(plan)));
        document.set("timeline", array(page.timeline(), JobJson::taken));
        document.set("states", array(page.ledger(), JobJson::state));
        page.definition().ifPresent(definition -> {
            document.put("spec", definition.spec());
            put(document, "sql", definition.sql());
        });
        put(document, "exception", page.exception());
        document.set("findings", array(page.errors(), Json::finding));
        document.set("commits", array(page.commits(), JobJson::commit));
        return document.toString();
    }

    private static ObjectNode row(FleetRow row) {
        ObjectNode node = object().put("team", row.key().team())
                .put("name", row.key().name())
                .put("environment", row.key().environment())
                .put("sync", row.status().sync().word())
                .put("health", row.status().health().word())
                .put("phase", row.status().phase())
                .put("reason", row.status().reason().name())
                .put("since", time(row.status().since()));
        owned(row, node);
        row.target()
                .ifPresent(target -> node.put("flinkVersion", target.flinkVersion())
                        .put("cluster", target.cluster())
                        .put("parallelism", target.parallelism()));
        put(node, "runningCommit", row.revision().running());
        put(node, "desiredCommit", row.revision().desired());
        node.put("attempt", row.attempt().number());
        put(node, "jobId", row.attempt().id());
        row.state().ifPresent(state -> node.set("state", Json.pointer(state)));
        row.lookedAt().ifPresent(at -> node.put("detailsAt", Json.time(at)));
        node.set("holds", array(row.holds(), JobJson::hold));
        node.set(
                "links",
                array(row.links().stream().filter(JobJson::isSafe).toList(), JobJson::link));
        return node;
    }

    private static void owned(FleetRow row, ObjectNode node) {
        row.ownership()
                .ifPresent(ownership -> node.put("owner", ownership.owner())
                        .put("purpose", ownership.purpose())
                        .put("criticality", word(ownership.criticality())));
    }

    private static ObjectNode hold(Hold hold) {
        return object().put("reason", hold.reason().name()).put("text", hold.text());
    }

    private static boolean isSafe(Link link) {
        return link.href().isPresent();
    }

    private static ObjectNode link(Link link) {
        ObjectNode node = object().put("label", link.label());
        put(node, "href", link.href());
        return node;
    }

    private static ObjectNode planned(PlannedStep step) {
        return object().put("verb", step.verb()).put("text", step.text());
    }

    private static ObjectNode stored(StoredPlan plan) {
        ObjectNode node =
                object().put("id", plan.id()).put("commit", plan.commit().hash());
        ArrayNode lines = node.putArray("lines");
        plan.lines().forEach(lines::add);
        return node;
    }

    /** A step that was taken: what, why and for whom, what came of it, and what shows that. */
    public static ObjectNode taken(TimelineEntry entry) {
        ObjectNode node = object().put("at", time(entry.at()))
                .put("attempt", entry.attempt())
                .put("step", entry.step())
                .put("outcome", entry.outcome());
        Motive motive = entry.motive();
        node.put("reason", motive.reason());
        node.put("commit", motive.commit().hash());
        put(node, "author", motive.author());
        put(node, "signer", motive.signer());
        put(node, "plan", motive.plan());
        entry.evidence().pointer().ifPresent(state -> node.set("state", Json.pointer(state)));
        ObjectNode facts = object();
        entry.evidence().facts().forEach(facts::put);
        node.set("facts", facts);
        return node;
    }

    private static ObjectNode state(LedgerEntry entry) {
        ObjectNode node =
                Json.pointer(entry.pointer()).put("standing", entry.standing().word());
        entry.bytes().ifPresent(bytes -> node.put("bytes", bytes));
        return node;
    }

    private static ObjectNode commit(CommitLine commit) {
        return object().put("id", commit.id().hash())
                .put("at", time(commit.at()))
                .put("author", commit.author())
                .put("subject", commit.subject());
    }
}
