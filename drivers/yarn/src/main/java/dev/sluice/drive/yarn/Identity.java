// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** What a request to one of Hadoop's servers says of who asks. */
@FunctionalInterface
interface Identity {
    /** Servers without Kerberos take anybody's word. */
    Identity ANYBODY = server -> Optional.empty();

    /**
     * The value of the {@code Authorization} header, for one request.
     *
     * @throws IOException when Kerberos gives no ticket
     */
    Optional<String> authorization(URI server) throws IOException;
}
