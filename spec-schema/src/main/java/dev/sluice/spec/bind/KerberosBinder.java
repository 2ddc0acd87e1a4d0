// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import com.google.re2j.Pattern;
import dev.sluice.spec.Cluster;
import java.util.Optional;

/**
 * Reads {@code kerberos:} of a cluster of kind {@code yarn}. What stands there are names and paths; an
 * error's text does not repeat what was written in the place of a path, because it may be a key.
 */
final class KerberosBinder {
    private static final Pattern PRINCIPAL = Pattern.compile("^[^@/\\s]+(/[^@/\\s]+)?@[^@/\\s]+$");

    private KerberosBinder() {}

    static Optional<Cluster.Yarn.Kerberos> bind(Fields cluster) {
        if (!cluster.has("kerberos")) {
            return Optional.empty();
        }
        Fields kerberos = cluster.below("kerberos");
        Optional<String> principal = kerberos.required(
                        "principal", "add 'principal: sluice@EXAMPLE.COM'")
                .filter(text -> isPrincipal(kerberos, text));
        Optional<String> keytab = kerberos.required(
                        "keytab", "add 'keytab: /etc/sluice/sluice.keytab'")
                .filter(text -> isPath(kerberos, "keytab", text));
        Optional<String> krb5Conf = kerberos.text("krb5Conf");
        boolean isPlaced = krb5Conf.isEmpty() || isPath(kerberos, "krb5Conf", krb5Conf.get());
        return principal.isPresent() && keytab.isPresent() && isPlaced
                ? Optional.of(new Cluster.Yarn.Kerberos(principal.get(), keytab.get(), krb5Conf))
                : Optional.empty();
    }

    private static boolean isPrincipal(Fields kerberos, String text) {
        boolean isPrincipal = PRINCIPAL.matcher(text).matches();
        if (!isPrincipal) {
            kerberos.error(
                    "kerberos-principal",
                    "principal",
                    "expected a principal with its realm, found \"" + text + "\"",
                    "write for example sluice@EXAMPLE.COM or sluice/host.example.com@EXAMPLE.COM");
        }
        return isPrincipal;
    }

    private static boolean isPath(Fields kerberos, String field, String text) {
        boolean isPath = text.startsWith("/");
        if (!isPath) {
            kerberos.error(
                    "kerberos-file",
                    field,
                    "expected the absolute path of a file of the controller's machine in '" + field
                            + "', found something else",
                    "write a path that begins with /; if a key stood here, it is known to all who"
                            + " read the repository, so change it");
        }
        return isPath;
    }
}
