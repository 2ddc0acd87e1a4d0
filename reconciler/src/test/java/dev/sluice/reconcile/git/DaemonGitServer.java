// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The real {@code git daemon} for what lies below a folder, one process a connection as inetd starts
 * it: so the port can be any free one.
 */
final class DaemonGitServer implements AutoCloseable {
    private final Path root;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    DaemonGitServer(Path root) throws IOException {
        this.root = root;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Process daemon = new ProcessBuilder(
                            "git", "daemon", "--inetd", "--export-all", "--base-path=" + root)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            threads.execute(() -> ask(client, daemon));
            try (InputStream answer = daemon.getInputStream()) {
                answer.transferTo(client.getOutputStream());
            } finally {
                daemon.destroy();
            }
        } catch (IOException | RejectedExecutionException e) {
            // One of the two has gone; the other sees its connection end.
            return;
        }
    }

    private static void ask(Socket client, Process daemon) {
        try (OutputStream in = daemon.getOutputStream()) {
            byte[] buffer = new byte[4096];
            InputStream from = client.getInputStream();
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                in.write(buffer, 0, read);
                in.flush();
            }
        } catch (IOException e) {
            return;
        }
    }
}
