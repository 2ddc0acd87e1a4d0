// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where the page is served.
 *
 * @param host address to bind; a name is looked up when the server starts
 * @param port 0 lets the system choose
 * @param names host names under which browsers may ask a server that is bound to loopback, beside
 *     {@code localhost} and plain addresses: those of a reverse proxy on the same machine
 */
public record Listen(String host, int port, List<String> names) {
    private static final String LOOPBACK = "127.0.0.1";

    public Listen {
        requireNonNull(host, "host is null");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        names = List.copyOf(names);
    }

    /** The default: this machine only. */
    public static Listen loopback(int port) {
        return new Listen(LOOPBACK, port, List.of());
    }

    /** True when only this machine can connect. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
