// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * As whom a cluster with Kerberos is asked.
 *
 * @param principal with its realm
 * @param file with its keys, which nobody but the owner may read
 * @param krb5Conf empty for the machine's own
 */
public record Keytab(String principal, Path file, Optional<Path> krb5Conf) {
    public Keytab {
        requireNonNull(principal, "principal is null");
        requireNonNull(file, "file is null");
        requireNonNull(krb5Conf, "krb5Conf is null");
    }
}
