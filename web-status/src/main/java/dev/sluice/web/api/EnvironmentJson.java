// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import static dev.sluice.web.api.Json.array;
import static dev.sluice.web.api.Json.object;
import static dev.sluice.web.api.Json.put;
import static dev.sluice.web.api.Json.time;

import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.EnvironmentPage.ClusterRow;
import dev.sluice.web.view.EnvironmentPage.Leadership;
import dev.sluice.web.view.EnvironmentPage.UnmanagedJob;
import dev.sluice.web.view.Source;
import tools.jackson.databind.node.ObjectNode;

/** The environment, the build and errors as JSON documents. */
public final class EnvironmentJson {
    private EnvironmentJson() {}

    /** {@code /api/v1/environment}. */
    public static String environment(EnvironmentPage page) {
        ObjectNode document = Json.document().put("environment", page.environment());
        document.set("source", source(page.source()));
        document.set("clusters", array(page.clusters(), EnvironmentJson::cluster));
        document.set("unmanaged", array(page.unmanaged(), EnvironmentJson::unmanaged));
        document.set("findings", array(page.findings(), Json::finding));
        document.set("leadership", leadership(page.leadership()));
        return document.toString();
    }

    /** {@code /version}. */
    public static String version(BuildInfo build) {
        return Json.document()
                .put("version", build.version())
                .put("commit", build.commit())
                .toString();
    }

    /** The body of any answer under {@code /api} that is not a success. */
    public static String error(int status, String message) {
        ObjectNode document = Json.document();
        document.set("error", object().put("status", status).put("message", message));
        return document.toString();
    }

    private static ObjectNode source(Source source) {
        ObjectNode node =
                object().put("repository", source.repository()).put("branch", source.branch());
        put(node, "commit", source.commit());
        node.put("subject", source.subject());
        source.fetchedAt().ifPresent(at -> node.put("fetchedAt", time(at)));
        put(node, "error", source.error());
        return node;
    }

    private static ObjectNode cluster(ClusterRow cluster) {
        return object().put("name", cluster.name())
                .put("kind", cluster.kind())
                .put("reach", cluster.reach().word())
                .put("since", time(cluster.since()))
                .put("message", cluster.message())
                .put("jobs", cluster.jobs());
    }

    private static ObjectNode unmanaged(UnmanagedJob job) {
        return object().put("cluster", job.cluster())
                .put("name", job.name())
                .put("jobId", job.id().hex())
                .put("status", job.status());
    }

    private static ObjectNode leadership(Leadership leadership) {
        ObjectNode node = object().put("isLeader", leadership.isLeader())
                .put("holder", leadership.holder())
                .put("token", leadership.token());
        leadership.until().ifPresent(until -> node.put("until", time(until)));
        return node;
    }
}
