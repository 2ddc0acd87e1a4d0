// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * HTTP with one deadline for everything that one transport does. JGit's own time-out is for silence:
 * a server that sends a byte now and then would hold a fetch for hours, deep in a packet that must be
 * complete before anybody above sees it.
 */
final class HastyHttp extends JDKHttpConnectionFactory {
    private final Duration deadline;
    private final long startedNanos = System.nanoTime();

    HastyHttp(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new Hasty(url);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return new Hasty(url, proxy);
    }

    private final class Hasty extends JDKHttpConnection {
        Hasty(URL url) throws IOException {
            super(url);
        }

        Hasty(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            Duration left = deadline.minusNanos(System.nanoTime() - startedNanos);
            return new LimitedStream(super.getInputStream(), Long.MAX_VALUE, left);
        }
    }
}
