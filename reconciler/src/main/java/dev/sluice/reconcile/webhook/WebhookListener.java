// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.webhook;

import static java.util.Objects.requireNonNull;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /hook}: a signed message makes the controller ask its repository soon. What the message
 * says is not read. Many at once make one question, because a hint is a flag and no queue.
 */
public final class WebhookListener implements AutoCloseable {
    /** A host's message is some kilobytes; GitHub cuts at 25 MB, which nobody needs to read. */
    static final int MOST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookListener.class);
    /** A sender who says nothing holds one for a while; who holds all of them only delays hints. */
    private static final int THREADS = 100;

    private static final int SILENCE_MILLIS = 5_000;
    private static final long READING_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int CHUNK = 64 * 1024;

    private final Javalin javalin;

    private WebhookListener(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts listening.
     *
     * @param secretFile read anew for each message, so it can be rotated
     * @param hint called for each genuine message; returns at once
     * @throws io.javalin.util.JavalinBindException when the address cannot be bound
     */
    public static WebhookListener start(String host, int port, Path secretFile, Runnable hint) {
        requireNonNull(hint, "hint is null");
        HookSignature signature = new HookSignature(requireNonNull(secretFile, "no secretFile"));
        return new WebhookListener(Javalin.create(config -> {
                    configure(config, host, port);
                    config.routes.post("/hook", context -> answer(context, signature, hint));
                    config.routes.exception(Exception.class, WebhookListener::broken);
                })
                .start());
    }

    /** The port that is listened at, also when 0 was asked for. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
        config.jetty.addConnector((server, http) -> connector(server, http, host, port));
    }

    private static Connector connector(
            Server server, HttpConfiguration http, String host, int port) {
        http.setSendServerVersion(false);
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(SILENCE_MILLIS);
        return connector;
    }

    private static void answer(Context context, HookSignature signature, Runnable hint)
            throws IOException {
        if (context.contentLength() > MOST_BYTES) {
            refuse(context, 413, "too large");
            return;
        }
        if (!HookSignature.isThere(name -> header(context, name))) {
            refuse(context, 401, "not signed");
            return;
        }
        byte[] body = body(context.bodyInputStream());
        if (body.length > MOST_BYTES) {
            refuse(context, 413, "too large");
            return;
        }
        if (!signature.isGenuine(name -> header(context, name), body)) {
            refuse(context, 401, "the signature is wrong");
            return;
        }
        hint.run();
        context.status(202).result("the repository will be asked\n");
    }

    /** One byte more than the limit at most; a sender who drips ends at the deadline. */
    private static byte[] body(InputStream in) throws IOException {
        long deadline = System.nanoTime() + READING_NANOS;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        while (body.size() <= MOST_BYTES) {
            int read = in.read(chunk, 0, Math.min(CHUNK, MOST_BYTES + 1 - body.size()));
            if (read < 0) {
                break;
            }
            body.write(chunk, 0, read);
            if (System.nanoTime() > deadline) {
                throw new IOException("the body came too slowly");
            }
        }
        return body.toByteArray();
    }

    /** The rest of the body is not read, so the connection ends here. */
    private static void refuse(Context context, int status, String text) {
        context.header("Connection", "close").status(status).result(text + "\n");
    }

    private static void broken(Exception failure, Context context) {
        LOG.warn("webhook not answered cause={}", failure.toString());
        refuse(context, 503, "cannot be checked now");
    }

    private static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name));
    }
}
