// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that waits for its answer: what a {@link Fault} may do with it. */
public final class Exchange {
    private final Request request;
    private final Socket client;
    private final InetSocketAddress server;
    private final CountDownLatch closed;

    Exchange(Request request, Socket client, InetSocketAddress server, CountDownLatch closed) {
        this.request = request;
        this.client = client;
        this.server = server;
        this.closed = closed;
    }

    public Request request() {
        return request;
    }

    /** Lets the server do what was asked, and takes its whole answer. */
    byte[] forward() throws IOException {
        try (Socket upstream = new Socket()) {
            upstream.connect(server, 3_000);
            OutputStream out = upstream.getOutputStream();
            out.write(request.head());
            out.write(request.body());
            out.flush();
            return upstream.getInputStream().readAllBytes();
        }
    }

    /** Gives a whole answer, head and body, telling the client that no other follows. */
    void answer(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int first = text.indexOf("\r\n");
        String told = text.substring(0, first) + "\r\nConnection: close" + text.substring(first);
        write(told.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
        client.getOutputStream().flush();
    }

    /** Breaks the connection: the client sees a reset, not an end. */
    void reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Waits so long; false when the proxy was closed meanwhile. */
    boolean pause(Duration time) throws InterruptedException {
        return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
