// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static java.util.Objects.requireNonNull;

import dev.sluice.web.view.StatusView;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The pages as HTML text. The templates are compiled at build time; none is read at run time. */
public final class Pages {
    private final StatusView view;
    private final Clock clock;
    private final String stylesheet;
    private final TemplateEngine engine;

    private Pages(StatusView view, Clock clock, String stylesheet, TemplateEngine engine) {
        this.view = view;
        this.clock = clock;
        this.stylesheet = stylesheet;
        this.engine = engine;
    }

    /**
     * Pages of a view.
     *
     * @param stylesheet address that serves the stylesheet
     */
    public static Pages of(StatusView view, Clock clock, String stylesheet) {
        requireNonNull(view, "view is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(stylesheet, "stylesheet is null");
        return new Pages(
                view, clock, stylesheet, TemplateEngine.createPrecompiled(ContentType.Html));
    }

    /** The fleet table. */
    public String fleet(Query query) {
        FleetTable table = FleetTable.of(view.fleet(), query);
        return render("fleet", Map.of("frame", frame("/", query), "table", table));
    }

    /** One job; empty when there is none of that name. */
    public Optional<String> job(String team, String name, Query query) {
        String path = "/jobs/" + team + "/" + name;
        return view.job(team, name)
                .map(page -> render("job", Map.of("frame", frame(path, query), "page", page)));
    }

    /** The environment. */
    public String environment(Query query) {
        return render("environment", Map.of("frame", frame("/environment", query)));
    }

    /** The page for an address that leads nowhere. */
    public String missing(String what) {
        return render("missing", Map.of("frame", frame("", Query.NONE), "what", what));
    }

    private Frame frame(String path, Query query) {
        return new Frame(
                view.environment(), view.build(), clock.instant(), stylesheet, path, query);
    }

    private String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        engine.render(template + ".jte", parameters, output);
        return output.toString();
    }
}
