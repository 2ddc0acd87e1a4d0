// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** HTTP with a budget for everything that one transport does. */
final class HastyHttp extends JDKHttpConnectionFactory {
    private final HttpDeadline deadline;

    HastyHttp(HttpDeadline deadline) {
        this.deadline = requireNonNull(deadline, "deadline is null");
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new Hasty(watched(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return new Hasty(watched(url), proxy);
    }

    /** The library opens the connection and shows it to nobody; so the address does, and notes it. */
    private URL watched(URL url) throws IOException {
        return new URL(null, url.toExternalForm(), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL same) throws IOException {
                return noted(url.openConnection());
            }

            @Override
            protected URLConnection openConnection(URL same, Proxy proxy) throws IOException {
                return noted(url.openConnection(proxy));
            }
        });
    }

    private URLConnection noted(URLConnection opened) {
        deadline.limit((HttpURLConnection) opened);
        return opened;
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
            return deadline.budget().limit(super.getInputStream());
        }
    }
}
