// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.web.api.EnvironmentJson;
import dev.sluice.web.api.JobJson;
import dev.sluice.web.api.Metrics;
import dev.sluice.web.pages.FleetTable;
import dev.sluice.web.pages.Pages;
import dev.sluice.web.pages.Query;
import dev.sluice.web.view.Readiness;
import dev.sluice.web.view.StatusView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which address gives which answer. */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final StatusView view;
    private final Pages pages;
    private final Asset stylesheet;
    private final Asset icon;

    Routes(StatusView view, Pages pages, Asset stylesheet, Asset icon) {
        this.view = requireNonNull(view, "view is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.stylesheet = requireNonNull(stylesheet, "stylesheet is null");
        this.icon = requireNonNull(icon, "icon is null");
    }

    /** Where the stylesheet is served: the address changes with the content. */
    static String addressOf(Asset stylesheet) {
        return "/assets/sluice-" + stylesheet.version() + ".css";
    }

    void register(RoutesConfig routes) {
        read(routes, "/", context -> html(context, pages.fleet(query(context))));
        read(routes, "/jobs/{team}/{name}", this::job);
        read(routes, "/environment", context -> html(context, pages.environment(query(context))));
        read(routes, "/api/v1/jobs", this::fleetDocument);
        read(routes, "/api/v1/jobs/{team}/{name}", this::jobDocument);
        read(routes, "/api/v1/environment", this::environmentDocument);
        read(routes, "/api/v1/planning", context -> json(context, view.planning()));
        read(routes, "/api/v1/planning/{team}/{name}", this::planningDocument);
        read(routes, "/version", context -> json(context, EnvironmentJson.version(view.build())));
        read(routes, "/livez", context -> text(context, "ok\n"));
        read(routes, "/readyz", this::readiness);
        read(routes, "/metrics", this::metrics);
        read(routes, addressOf(stylesheet), context -> asset(context, stylesheet, FOR_EVER));
        read(routes, "/favicon.svg", context -> asset(context, icon, "public, max-age=86400"));
        routes.error(404, this::missing);
        routes.exception(Exception.class, Routes::broken);
    }

    /** HEAD runs the same handler, so its status is that of GET; the server drops the body. */
    private static void read(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    private void job(Context context) {
        String team = context.pathParam("team");
        String name = context.pathParam("name");
        html(context, pages.job(team, name, query(context)).orElseThrow(NotFoundResponse::new));
    }

    private void fleetDocument(Context context) {
        FleetTable table = FleetTable.of(view.fleet(), query(context));
        json(context, JobJson.fleet(table.matching()));
    }

    private void jobDocument(Context context) {
        String team = context.pathParam("team");
        String name = context.pathParam("name");
        json(context, view.job(team, name).map(JobJson::job).orElseThrow(NotFoundResponse::new));
    }

    private void planningDocument(Context context) {
        String team = context.pathParam("team");
        String name = context.pathParam("name");
        json(context, view.planning(team, name).orElseThrow(NotFoundResponse::new));
    }

    private void environmentDocument(Context context) {
        json(context, EnvironmentJson.environment(view.environment()));
    }

    private void metrics(Context context) {
        context.contentType(Metrics.CONTENT_TYPE).result(Metrics.scrape(view));
    }

    private void readiness(Context context) {
        Readiness readiness = view.readiness();
        context.status(readiness.isReady() ? 200 : 503);
        boolean verbose = context.queryParamMap().containsKey("verbose");
        String verdict = readiness.isReady() ? "ok\n" : "not ready\n";
        text(context, verbose ? checks(readiness) + verdict : verdict);
    }

    private static String checks(Readiness readiness) {
        return readiness.checks().stream()
                .map(check ->
                        (check.isMet() ? "[+] " : "[-] ") + check.name() + ": " + check.text())
                .map(line -> line.replaceAll("\\p{Cntrl}", " ") + "\n")
                .collect(Collectors.joining());
    }

    private void missing(Context context) {
        if (context.path().startsWith("/api/")) {
            json(context, EnvironmentJson.error(404, "There is nothing at this address."));
            return;
        }
        html(context, pages.missing("There is nothing at " + context.path() + "."));
    }

    /** Our own mistake: told to the log, not to the visitor. */
    private static void broken(Exception failure, Context context) {
        LOG.error("a page could not be made", failure);
        context.status(500);
        text(context, "The page could not be made; the log of Sluice says why.\n");
    }

    private static void asset(Context context, Asset asset, String caching) {
        context.header("Cache-Control", caching).contentType(asset.type()).result(asset.text());
    }

    /** The first value of each parameter; one that is not encoded as queries are has none. */
    private static Query query(Context context) {
        TreeMap<String, String> first = new TreeMap<>();
        context.queryParamMap()
                .forEach((name, values) ->
                        values.stream().findFirst().ifPresent(value -> first.put(name, value)));
        return new Query(first);
    }

    private static void html(Context context, String body) {
        answer(context, "text/html;charset=utf-8", body);
    }

    private static void json(Context context, String body) {
        answer(context, "application/json;charset=utf-8", body);
    }

    private static void text(Context context, String body) {
        answer(context, "text/plain;charset=utf-8", body);
    }

    /** A reader that has this very body already is told so instead of being sent it again. */
    private static void answer(Context context, String type, String body) {
        String tag = '"' + Digest.of(body).brief() + '"';
        context.header("ETag", tag);
        if (context.statusCode() == 200 && tag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType(type).result(body);
    }
}
