// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the signature of one commit is worth. May hold words of the commit or its key: make it
 * printable before it is shown.
 *
 * @param signer the name and the fingerprint of a key that is believed
 * @param fault why there is no signer: a clause about the commit; empty where there is one
 */
public record Finding(Optional<String> signer, String fault) {
    public Finding {
        requireNonNull(signer, "signer is null");
        requireNonNull(fault, "fault is null");
        if (signer.isPresent() != fault.isEmpty()) {
            throw new IllegalArgumentException("either a signer or a fault: " + fault);
        }
    }

    static Finding signedBy(String name, String fingerprint) {
        return new Finding(Optional.of(name + " " + fingerprint), "");
    }

    static Finding fault(String fault) {
        return new Finding(Optional.empty(), fault);
    }
}
