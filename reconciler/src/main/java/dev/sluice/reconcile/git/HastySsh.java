// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * ssh with a budget for all that the server sends, and for the time until it lets us in: the library
 * waits two minutes for that, whatever it is told.
 */
final class HastySsh extends SshSessionFactory {
    private final SshSessionFactory plain;
    private final FetchBudget budget;

    HastySsh(SshSessionFactory plain, FetchBudget budget) {
        this.plain = plain;
        this.budget = budget;
    }

    @Override
    public RemoteSession2 getSession(
            URIish uri, CredentialsProvider credentials, FS files, int timeout)
            throws TransportException {
        FutureTask<RemoteSession> opening =
                new FutureTask<>(() -> plain.getSession(uri, credentials, files, timeout));
        Thread opener = new Thread(opening, "git-ssh");
        opener.setDaemon(true);
        opener.start();
        try {
            long patience = Math.min(budget.left().toNanos(), MILLISECONDS.toNanos(timeout));
            return new Session((RemoteSession2) opening.get(patience, NANOSECONDS), budget);
        } catch (ExecutionException e) {
            throw new TransportException(uri, e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new TransportException(uri, "the ssh server does not let us in in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(uri, "interrupted", e);
        } finally {
            // A wait for the server ends with it, and closes what had been opened.
            opener.interrupt();
        }
    }

    @Override
    public String getType() {
        return plain.getType();
    }

    private record Session(RemoteSession2 plain, FetchBudget budget) implements RemoteSession2 {
        @Override
        public Process exec(String command, int timeout) throws IOException {
            return new Hasty(plain.exec(command, timeout), budget);
        }

        @Override
        public Process exec(String command, Map<String, String> environment, int timeout)
                throws IOException {
            return new Hasty(plain.exec(command, environment, timeout), budget);
        }

        @Override
        public void disconnect() {
            plain.disconnect();
        }
    }

    private static final class Hasty extends Process {
        private final Process plain;
        private final InputStream output;
        private final InputStream errors;

        Hasty(Process plain, FetchBudget budget) {
            this.plain = plain;
            output = budget.limit(plain.getInputStream());
            errors = budget.limit(plain.getErrorStream());
        }

        @Override
        public OutputStream getOutputStream() {
            return plain.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return output;
        }

        @Override
        public InputStream getErrorStream() {
            return errors;
        }

        @Override
        public int waitFor() throws InterruptedException {
            return plain.waitFor();
        }

        @Override
        public int exitValue() {
            return plain.exitValue();
        }

        @Override
        public void destroy() {
            plain.destroy();
        }
    }
}
