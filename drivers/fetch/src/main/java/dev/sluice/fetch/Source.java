// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

import dev.sluice.fetch.FetchFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;

/** Where jars come from: files of the pod, and http(s) addresses. */
final class Source {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;
    private static final int REDIRECTS = 5;

    private final Login login;

    Source(Login login) {
        this.login = login;
    }

    /** @throws IOException when nobody answers as they should; the same may succeed later */
    InputStream open(String source) throws IOException, FetchFailure {
        if (source.startsWith("http://") || source.startsWith("https://")) {
            return get(new URL(source));
        }
        Path file = Paths.get(source);
        if (!Files.isRegularFile(file)) {
            throw new FetchFailure(Reason.NOT_FOUND, "there is no file " + source);
        }
        if (!Files.isReadable(file)) {
            throw new FetchFailure(Reason.DENIED, "the file " + source + " may not be read");
        }
        return Files.newInputStream(file);
    }

    private InputStream get(URL asked) throws IOException, FetchFailure {
        URL address = asked;
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            HttpURLConnection connection = connect(address);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return connection.getInputStream();
            }
            URL next = next(address, connection, status);
            connection.disconnect();
            address = next;
        }
        throw new IOException(asked + " leads on and on");
    }

    private HttpURLConnection connect(URL address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        // Followed here: credentials are for one origin, and nothing may lead away from TLS.
        connection.setInstanceFollowRedirects(false);
        Optional<String> authorization = login.authorization(address);
        if (authorization.isPresent()) {
            connection.setRequestProperty("Authorization", authorization.get());
        }
        return connection;
    }

    private static URL next(URL address, HttpURLConnection connection, int status)
            throws IOException, FetchFailure {
        String location = connection.getHeaderField("Location");
        if (status / 100 == 3 && location != null) {
            URL next = new URL(address, location);
            boolean isWeaker =
                    address.getProtocol().equals("https") && !next.getProtocol().equals("https");
            if (isWeaker || !next.getProtocol().startsWith("http")) {
                throw new FetchFailure(
                        Reason.DENIED, address + " leads to " + next + ", which is not followed");
            }
            return next;
        }
        if (status == 401 || status == 403) {
            throw new FetchFailure(
                    Reason.DENIED, address + " wants other credentials (" + status + ")");
        }
        if (status == 404 || status == 410) {
            throw new FetchFailure(Reason.NOT_FOUND, address + " is not there (" + status + ")");
        }
        throw new IOException(address + " answered " + status);
    }
}
