// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The way to a server through this machine, which can be shut: then nobody gets through, at once. */
final class Gate implements AutoCloseable {
    private final URI server;
    private final ServerSocket entrance;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> passing = new CopyOnWriteArrayList<>();
    private volatile boolean isShut;

    Gate(URI server) {
        this.server = server;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::admit);
    }

    /** The server's address by this way. */
    URI address() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + entrance.getLocalPort());
    }

    void shut() {
        isShut = true;
        passing.forEach(Gate::end);
        passing.clear();
    }

    void open() {
        isShut = false;
    }

    private void admit() {
        while (!entrance.isClosed()) {
            try {
                Socket caller = entrance.accept();
                if (isShut) {
                    end(caller);
                } else {
                    pass(caller, new Socket(server.getHost(), server.getPort()));
                }
            } catch (IOException closed) {
                isShut = true;
            }
        }
    }

    private void pass(Socket caller, Socket called) {
        passing.addAll(List.of(caller, called));
        threads.execute(() -> copy(caller, called));
        threads.execute(() -> copy(called, caller));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            end(from);
        }
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
