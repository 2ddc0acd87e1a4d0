// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A line to a server of any protocol, which can be broken. It hurts what the server sends. */
final class Wire implements AutoCloseable {
    /** What becomes of the bytes beyond {@code after} of each connection. */
    private enum Trouble {
        NONE,
        SILENCE,
        DRIP,
        RESET,
        REFUSED
    }

    private record Now(Trouble trouble, long after) {}

    private final ServerSocket listener;
    private final int server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile Now now = new Now(Trouble.NONE, 0);

    Wire(int server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Bytes that the server has sent since the line was healed. */
    long answered() {
        return answered.get();
    }

    void silentAfter(long bytes) {
        now = new Now(Trouble.SILENCE, bytes);
    }

    void dripAfter(long bytes) {
        now = new Now(Trouble.DRIP, bytes);
    }

    void resetAfter(long bytes) {
        now = new Now(Trouble.RESET, bytes);
    }

    void cut() {
        now = new Now(Trouble.REFUSED, 0);
    }

    void heal() {
        now = new Now(Trouble.NONE, 0);
        answered.set(0);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        if (now.trouble() == Trouble.REFUSED) {
            reset(client);
            return;
        }
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            open.add(upstream);
            threads.execute(() -> ask(client, upstream));
            answer(upstream.getInputStream(), client);
        } catch (IOException | RejectedExecutionException e) {
            // One of the two has gone; the other sees its connection end.
            return;
        }
    }

    private static void ask(Socket client, Socket upstream) {
        try {
            client.getInputStream().transferTo(upstream.getOutputStream());
            upstream.shutdownOutput();
        } catch (IOException e) {
            return;
        }
    }

    private void answer(InputStream from, Socket client) throws IOException {
        OutputStream to = client.getOutputStream();
        byte[] buffer = new byte[4096];
        long sent = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            answered.addAndGet(read);
            boolean isHurt = now.trouble() != Trouble.NONE && sent + read > now.after();
            if (isHurt && now.trouble() == Trouble.RESET) {
                reset(client);
                return;
            }
            for (int at = 0; isHurt && at < read; at++) {
                pause(now.trouble() == Trouble.DRIP ? 5 : 60_000);
                to.write(buffer[at]);
            }
            to.write(buffer, 0, isHurt ? 0 : read);
            to.flush();
            sent += read;
        }
    }

    private static void pause(long millis) throws IOException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("closed");
        }
    }

    private static void reset(Socket client) {
        try {
            client.setSoLinger(true, 0);
            client.close();
        } catch (IOException e) {
            return;
        }
    }
}
