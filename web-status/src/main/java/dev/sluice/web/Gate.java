// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before every route: read-only methods, known hosts, and the headers that keep a browser
 * from doing anything but show the page.
 *
 * <p>A server on loopback answers only to addresses and to names it knows. Otherwise a page from
 * elsewhere could point its own name at 127.0.0.1 and read the status with the visitor's browser.
 */
final class Gate extends Handler.Wrapper {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+\\]");
    private static final String CONTENT_POLICY = "default-src 'none'; style-src 'self';"
            + " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Listen listen;

    Gate(Listen listen) {
        this.listen = requireNonNull(listen, "listen is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        if (!METHODS.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            return refuse(405, "Read-only: GET and HEAD.", response, callback);
        }
        if (!isKnown(request.getHttpURI())) {
            return refuse(421, "Not the name of this server.", response, callback);
        }
        return super.handle(request, response, callback);
    }

    private boolean isKnown(HttpURI uri) {
        if (!listen.isLoopback() || uri.getHost() == null) {
            return true;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || ADDRESS.matcher(host).matches()
                || listen.names().stream().anyMatch(host::equalsIgnoreCase);
    }

    private static void secure(HttpFields.Mutable headers) {
        headers.put(new HttpField("Content-Security-Policy", CONTENT_POLICY));
        headers.put(new HttpField("X-Content-Type-Options", "nosniff"));
        headers.put(new HttpField("Referrer-Policy", "no-referrer"));
        headers.put(new HttpField("X-Frame-Options", "DENY"));
        headers.put(new HttpField("Cross-Origin-Resource-Policy", "same-origin"));
        headers.put(new HttpField("Cross-Origin-Opener-Policy", "same-origin"));
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache, private");
    }

    private static boolean refuse(
            int status, String message, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        Content.Sink.write(response, true, message + "\n", callback);
        return true;
    }
}
