// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * A link from the specification, not trusted: only {@link #href()} gives an address to click.
 *
 * @param label what people read, such as {@code grafana}
 * @param address as written in the specification, variables filled in
 */
public record Link(String label, String address) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public Link {
        requireNonNull(label, "label is null");
        requireNonNull(address, "address is null");
    }

    /** The address when it is absolute, http or https and names a host; else nothing to click. */
    public Optional<String> href() {
        try {
            URI uri = new URI(address);
            boolean web = uri.getScheme() != null && SCHEMES.contains(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null
                    ? Optional.of(uri.toASCIIString())
                    : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
