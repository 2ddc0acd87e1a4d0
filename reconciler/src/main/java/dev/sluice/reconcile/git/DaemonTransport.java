// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.GitProtocolConstants;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * The protocol of {@code git daemon}. JGit has it too, but ends a read of a silent server by
 * interrupting the thread, which no read of a socket heeds; this one has a time-out of the socket,
 * and limits for all that is read.
 */
final class DaemonTransport extends Transport implements PackTransport {
    static final String SCHEME = "git";

    private static final int PORT = 9418;

    private final FetchBudget budget;

    DaemonTransport(Repository local, URIish uri, FetchBudget budget) {
        super(local, uri);
        this.budget = budget;
    }

    @Override
    public FetchConnection openFetch() throws TransportException {
        return openFetch(List.of());
    }

    @Override
    public FetchConnection openFetch(Collection<RefSpec> wanted, String... additional)
            throws TransportException {
        return new Connection(wanted, additional);
    }

    @Override
    public PushConnection openPush() throws NotSupportedException {
        throw new NotSupportedException("nothing is ever pushed");
    }

    @Override
    public void close() {
        // Each connection has its own socket.
    }

    private Socket connect() throws IOException {
        int port = uri.getPort() > 0 ? uri.getPort() : PORT;
        int silence = Math.multiplyExact(getTimeout(), 1000);
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(silence);
            socket.connect(new InetSocketAddress(uri.getHost(), port), silence);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private final class Connection extends BasePackFetchConnection {
        private final Socket socket;

        Connection(Collection<RefSpec> wanted, String... additional) throws TransportException {
            super(DaemonTransport.this);
            try {
                socket = connect();
            } catch (IOException e) {
                throw new TransportException(uri, e.getMessage(), e);
            }
            try {
                init(
                        new BufferedInputStream(budget.limit(socket.getInputStream())),
                        new BufferedOutputStream(socket.getOutputStream()));
                pckOut.writeString("git-upload-pack " + uri.getPath() + "\0host=" + uri.getHost()
                        + "\0\0" + GitProtocolConstants.VERSION_2_REQUEST + "\0");
                pckOut.flush();
            } catch (IOException e) {
                close();
                throw new TransportException(uri, e.getMessage(), e);
            }
            if (!readAdvertisedRefs()) {
                lsRefs(wanted, additional);
            }
        }

        @Override
        public void close() {
            super.close();
            try {
                socket.close();
            } catch (IOException e) {
                // It is not used any more, whatever became of it.
                return;
            }
        }
    }
}
