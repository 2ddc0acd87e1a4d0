// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** HTTP with a budget for everything that one transport does. */
final class HastyHttp extends JDKHttpConnectionFactory {
    private final FetchBudget budget;

    HastyHttp(FetchBudget budget) {
        this.budget = budget;
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
            return budget.limit(super.getInputStream());
        }
    }
}
