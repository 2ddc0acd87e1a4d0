// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Fetches an http or https address. A redirect is followed to the same host only, and an address of this
 * machine, its own link or a private network is not asked unless the host is named as trusted: an
 * artifact's address comes out of a repository that many may write to.
 */
final class HttpDownload {
    private static final int REDIRECTS = 5;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long MOST_BYTES = 2L << 30;

    private final Patience patience;
    private final List<String> trustedHosts;
    private final Progress progress;

    HttpDownload(Patience patience, List<String> trustedHosts, Progress progress) {
        this.patience = patience;
        this.trustedHosts = List.copyOf(trustedHosts);
        this.progress = progress;
    }

    /** Fills the file. It is not touched when the server answers anything but the whole content. */
    void fetch(String address, Path target) throws ArtifactFailure {
        URI uri = uri(address);
        long deadline = System.nanoTime() + patience.file().toNanos();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(patience.connect()).build();
        try {
            for (int hop = 0; hop <= REDIRECTS; hop++) {
                requirePublic(uri);
                HttpResponse<InputStream> answer = client.send(
                        HttpRequest.newBuilder(uri).timeout(patience.silence()).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    Optional<URI> next = next(uri, answer);
                    if (next.isEmpty()) {
                        requireOk(address, answer.statusCode());
                        copy(address, body, target, length(answer), deadline);
                        return;
                    }
                    uri = next.get();
                }
            }
            throw new ArtifactFailure(Reason.UNUSABLE, address + " is redirected too often");
        } catch (HttpTimeoutException e) {
            throw timedOut(address, e);
        } catch (IOException e) {
            throw new ArtifactFailure(
                    Reason.UNREACHABLE, "cannot fetch " + address + ": " + word(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArtifactFailure(Reason.UNREACHABLE, "interrupted fetching " + address, e);
        }
    }

    private void copy(String address, InputStream body, Path target, long length, long deadline)
            throws IOException, ArtifactFailure {
        Watchdog watchdog = new Watchdog(body, deadline);
        watchdog.start();
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            progress.at(new Progress.At(address, 0, 1, 0, Math.max(length, 0)));
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                out.write(buffer, 0, read);
                bytes += read;
                if (bytes > MOST_BYTES) {
                    throw new ArtifactFailure(
                            Reason.UNUSABLE, address + " has more than " + MOST_BYTES + " bytes");
                }
                progress.at(new Progress.At(address, 0, 1, bytes, Math.max(length, bytes)));
            }
            if (watchdog.hasBitten()) {
                throw timedOut(address, new IOException("the deadline"));
            }
            if (length >= 0 && bytes != length) {
                throw new IOException("got " + bytes + " of " + length + " bytes");
            }
            progress.at(new Progress.At(address, 1, 1, bytes, bytes));
        } catch (IOException e) {
            if (watchdog.hasBitten()) {
                throw timedOut(address, e);
            }
            throw e;
        } finally {
            watchdog.interrupt();
        }
    }

    private ArtifactFailure timedOut(String address, IOException cause) {
        boolean connecting = cause instanceof HttpConnectTimeoutException;
        long seconds = (connecting ? patience.connect() : patience.file()).toSeconds();
        return new ArtifactFailure(
                Reason.TIMED_OUT,
                "timed out fetching " + address + (connecting ? ": no connection" : "")
                        + " after at most " + seconds + " s",
                cause);
    }

    private static URI uri(String address) throws ArtifactFailure {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ArtifactFailure(Reason.UNUSABLE, "the artifact's address cannot be read", e);
        }
        throw new ArtifactFailure(
                Reason.UNUSABLE, "an artifact's address needs a host, and has no credentials");
    }

    private static Optional<URI> next(URI asked, HttpResponse<?> answer) throws ArtifactFailure {
        Optional<String> location = answer.headers().firstValue("Location");
        if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
            return Optional.empty();
        }
        URI next = asked.resolve(location.get());
        boolean sameHost = asked.getHost().equalsIgnoreCase(String.valueOf(next.getHost()))
                && (asked.getScheme().equals("http") || "https".equals(next.getScheme()));
        if (!sameHost) {
            throw new ArtifactFailure(
                    Reason.DENIED,
                    asked + " is redirected to another host, " + next.getHost()
                            + "; name the address that has the file");
        }
        return Optional.of(next);
    }

    private void requirePublic(URI uri) throws ArtifactFailure, UnknownHostException {
        if (trustedHosts.contains(uri.getHost())) {
            return;
        }
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (!isPublic(address)) {
                throw new ArtifactFailure(
                        Reason.DENIED,
                        "may not fetch " + uri + ": " + uri.getHost()
                                + " is this machine, its link or a private network;"
                                + " SLUICE_TRUSTED_HOSTS permits it");
            }
        }
    }

    /** Java's site-local addresses are 10/8, 172.16/12 and 192.168/16; fc00::/7 came later. */
    private static boolean isPublic(InetAddress address) {
        boolean isUniqueLocal =
                address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !isUniqueLocal
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }

    private static void requireOk(String address, int status) throws ArtifactFailure {
        if (status == 200) {
            return;
        }
        String text = address + ": HTTP " + status;
        if (status == 404 || status == 410) {
            throw new ArtifactFailure(Reason.NOT_FOUND, "nothing is at " + text);
        }
        if (status == 401 || status == 403 || status == 407) {
            throw new ArtifactFailure(Reason.DENIED, "may not fetch " + text);
        }
        throw new ArtifactFailure(Reason.UNREACHABLE, "cannot fetch " + text);
    }

    private static long length(HttpResponse<?> answer) {
        return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    }

    private static String word(IOException e) {
        if (e instanceof ConnectException) {
            return "no connection";
        }
        return e instanceof UnknownHostException ? "no such host" : String.valueOf(e.getMessage());
    }

    /** Closes a body that is still being read at the deadline: a read of it has no limit. */
    private static final class Watchdog extends Thread {
        private final InputStream body;
        private final long deadline;
        private volatile boolean bitten;

        Watchdog(InputStream body, long deadline) {
            super("download-deadline");
            this.body = body;
            this.deadline = deadline;
            setDaemon(true);
        }

        boolean hasBitten() {
            return bitten;
        }

        @Override
        public void run() {
            try {
                TimeUnit.NANOSECONDS.sleep(deadline - System.nanoTime());
                bitten = true;
                body.close();
            } catch (InterruptedException readToItsEnd) {
                // nothing to end any more
            } catch (IOException alreadyBroken) {
                bitten = true;
            }
        }
    }
}
