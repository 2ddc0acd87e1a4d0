// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.Keytab;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * The principal of a keytab, as Hadoop's servers ask for it over HTTP (SPNEGO, RFC 4559): each request
 * carries a token of its own, so that nothing is kept between them but the ticket, which is asked for
 * anew when most of its time is over.
 */
final class KerberosIdentity implements Identity {
    private static final String SPNEGO = "1.3.6.1.5.5.2";
    private static final String CONFIGURATION = "java.security.krb5.conf";
    private static final double OLD = 0.8;

    private final Keytab keytab;
    private final Clock clock;
    private Subject subject = new Subject();
    private Instant renewal = Instant.MIN;

    private KerberosIdentity(Keytab keytab, Clock clock) {
        this.keytab = keytab;
        this.clock = clock;
    }

    /**
     * Asks nobody yet.
     *
     * @throws IOException when the files are not as they should be, see {@link #problem}
     */
    static KerberosIdentity open(Keytab keytab, Clock clock) throws IOException {
        Optional<String> problem = problem(requireNonNull(keytab, "keytab is null"));
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        if (keytab.krb5Conf().isPresent()) {
            configure(keytab.krb5Conf().get().toString());
        }
        return new KerberosIdentity(keytab, requireNonNull(clock, "clock is null"));
    }

    /** What is wrong with the files, and what to do; whoever reads a keytab is its principal. */
    static Optional<String> problem(Keytab keytab) {
        Path file = keytab.file();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.of("there is no keytab " + file + " that the controller may read");
        }
        Optional<Path> krb5 = keytab.krb5Conf().filter(path -> !Files.isReadable(path));
        if (krb5.isPresent()) {
            return Optional.of("there is no " + krb5.get() + " that the controller may read");
        }
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            boolean isOpen = rights.stream().anyMatch(right -> !right.name().startsWith("OWNER_"));
            return isOpen
                    ? Optional.of("the keytab " + file + " is open to others ("
                            + PosixFilePermissions.toString(rights)
                            + "), who could act as " + keytab.principal() + ": chmod 600 " + file)
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of("cannot see who may read the keytab " + file + ": " + e);
        }
    }

    /** Java knows one for all of its process. */
    private static synchronized void configure(String file) throws IOException {
        String known = System.getProperty(CONFIGURATION);
        if (known != null && !known.equals(file)) {
            throw new IOException("this controller uses " + known + " for Kerberos, and Java knows"
                    + " one such file at a time: write all realms into one, and name it for each"
                    + " cluster (kerberos.krb5Conf is " + file + ")");
        }
        System.setProperty(CONFIGURATION, file);
    }

    @Override
    public Optional<String> authorization(URI server) throws IOException {
        PrivilegedExceptionAction<byte[]> asking = () -> token(server.getHost());
        try {
            byte[] token = Subject.doAs(subject(), asking);
            return Optional.of("Negotiate " + Base64.getEncoder().encodeToString(token));
        } catch (PrivilegedActionException e) {
            throw new IOException(
                    "Kerberos gives " + keytab.principal() + " no ticket for HTTP/"
                            + server.getHost() + ": " + e.getCause().getMessage(),
                    e.getCause());
        } catch (LoginException e) {
            throw new IOException(
                    "Kerberos does not know " + keytab.principal() + " by " + keytab.file() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static byte[] token(String host) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSName name = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
        GSSContext context =
                manager.createContext(name, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
        try {
            return context.initSecContext(new byte[0], 0, 0);
        } finally {
            context.dispose();
        }
    }

    private synchronized Subject subject() throws LoginException {
        if (!clock.instant().isBefore(renewal)) {
            Subject fresh = new Subject();
            new LoginContext("sluice", fresh, null, new ByKeytab(keytab)).login();
            renewal = fresh.getPrivateCredentials(KerberosTicket.class).stream()
                    .map(KerberosIdentity::old)
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new LoginException("no ticket came"));
            subject = fresh;
        }
        return subject;
    }

    private static Instant old(KerberosTicket ticket) {
        Instant from = ticket.getAuthTime().toInstant();
        long millis = ticket.getEndTime().getTime() - from.toEpochMilli();
        return from.plusMillis((long) (millis * OLD));
    }

    /** Instead of a file of JAAS. */
    private static final class ByKeytab extends Configuration {
        private final Keytab keytab;

        ByKeytab(Keytab keytab) {
            this.keytab = keytab;
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options = Map.of(
                    "useKeyTab", "true",
                    "keyTab", keytab.file().toString(),
                    "principal", keytab.principal(),
                    "storeKey", "true",
                    "doNotPrompt", "true",
                    "isInitiator", "true",
                    "refreshKrb5Config", "true");
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(
                        "com.sun.security.auth.module.Krb5LoginModule",
                        LoginModuleControlFlag.REQUIRED,
                        options)
            };
        }
    }
}
