// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static java.util.Objects.requireNonNull;

import dev.sluice.web.pages.Pages;
import dev.sluice.web.view.StatusView;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.time.Clock;
import org.eclipse.jetty.server.HttpConfiguration;

/**
 * The running page. It serves until it is closed; starting it binds the port, so a port that is
 * taken shows at once.
 */
public final class StatusServer implements AutoCloseable {
    private final Javalin javalin;

    private StatusServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts serving.
     *
     * @param clock what all ages on the pages count from
     * @throws io.javalin.util.JavalinBindException when the address cannot be bound
     */
    public static StatusServer start(StatusView view, Clock clock, Listen listen) {
        requireNonNull(view, "view is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(listen, "listen is null");
        Asset stylesheet = Asset.read("style.css", "text/css;charset=utf-8");
        Asset icon = Asset.read("favicon.svg", "image/svg+xml");
        Pages pages = Pages.of(view, clock, Routes.addressOf(stylesheet));
        Routes routes = new Routes(view, pages, stylesheet, icon);
        return new StatusServer(
                Javalin.create(config -> configure(config, routes, listen)).start());
    }

    /** The port that is served, also when 0 was asked for. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, Routes routes, Listen listen) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.jetty.host = listen.host();
        config.jetty.port = listen.port();
        config.jetty.modifyHttpConfiguration(StatusServer::quiet);
        config.jetty.modifyServer(server -> server.insertHandler(new Gate(listen)));
        routes.register(config.routes);
    }

    /** Nothing in an answer says which server made it. */
    private static void quiet(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
    }
}
