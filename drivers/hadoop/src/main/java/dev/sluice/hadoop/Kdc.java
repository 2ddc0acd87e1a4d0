// SPDX-License-Identifier: Apache-2.0
package dev.sluice.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kerberos server of its own for one cluster, and what the cluster's files say so that every question
 * to it, over RPC and HTTP, has to come with a ticket.
 */
public final class Kdc {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Daemon DAEMON = new Daemon("org.apache.hadoop.minikdc.MiniKdc", 128);
    private static final String HOST = "/127.0.0.1";
    private static final String REALM = "@EXAMPLE.COM";
    private static final String SERVER = "hadoop" + HOST;
    private static final String WEB = "HTTP" + HOST;
    private static final String CLIENT = "sluice";

    private final Path folder;
    private final Process process;

    private Kdc(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    static Kdc start(Path parent, String classPath) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("kdc"));
        Path settings = Files.writeString(folder.resolve("kdc.properties"), """
                kdc.bind.address=127.0.0.1
                kdc.port=0
                kdc.tcp.port=0
                transport=TCP
                org.name=EXAMPLE
                org.domain=COM
                instance=DefaultKrbServer
                max.ticket.lifetime=86400000
                max.renewable.lifetime=604800000
                debug=false
                """);
        Path draft = folder.resolve("draft.keytab");
        Process process = DAEMON.start(
                folder,
                classPath,
                List.of(),
                List.of(
                        folder.toString(),
                        settings.toString(),
                        draft.toString(),
                        SERVER,
                        WEB,
                        CLIENT));
        // The last thing that it tells, after all keys are in the file.
        Daemon.awaitWords(folder.resolve("MiniKdc.log"), "Do <CTRL-C> or kill", PATIENCE);
        Kdc kdc = new Kdc(folder, process);
        Files.copy(draft, kdc.keytab());
        Files.setPosixFilePermissions(kdc.keytab(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("cookies"), "not a secret of anybody");
        return kdc;
    }

    /** A principal that is a user of the cluster. */
    public String principal() {
        return CLIENT + REALM;
    }

    /** With its keys, and those of the servers. */
    public Path keytab() {
        return folder.resolve("keytab");
    }

    public Path krb5Conf() {
        return folder.resolve("krb5.conf");
    }

    void end() {
        Daemon.end(process);
    }

    List<String> javaOptions() {
        return List.of("-Djava.security.krb5.conf=" + krb5Conf());
    }

    Map<String, String> core() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("hadoop.security.authentication", "kerberos");
        keys.put("hadoop.security.authorization", "true");
        keys.put(
                "hadoop.http.filter.initializers",
                "org.apache.hadoop.security.AuthenticationFilterInitializer");
        String web = "hadoop.http.authentication.";
        keys.put(web + "type", "kerberos");
        keys.put(web + "kerberos.principal", WEB + REALM);
        keys.put(web + "kerberos.keytab", keytab().toString());
        keys.put(web + "signature.secret.file", folder.resolve("cookies").toString());
        return keys;
    }

    Map<String, String> hdfs() {
        Map<String, String> keys = new TreeMap<>();
        for (String node : List.of("dfs.namenode.", "dfs.datanode.")) {
            keys.put(node + "kerberos.principal", SERVER + REALM);
            keys.put(node + "keytab.file", keytab().toString());
        }
        keys.put("dfs.namenode.kerberos.internal.spnego.principal", WEB + REALM);
        keys.put("dfs.web.authentication.kerberos.principal", WEB + REALM);
        keys.put("dfs.web.authentication.kerberos.keytab", keytab().toString());
        keys.put("dfs.block.access.token.enable", "true");
        // Else a DataNode wants ports below 1024, or TLS.
        keys.put("ignore.secure.ports.for.testing", "true");
        return keys;
    }

    Map<String, String> yarn() {
        Map<String, String> keys = new TreeMap<>();
        for (String node : List.of("yarn.resourcemanager.", "yarn.nodemanager.")) {
            keys.put(node + "principal", SERVER + REALM);
            keys.put(node + "keytab", keytab().toString());
            keys.put(node + "webapp.spnego-principal", WEB + REALM);
            keys.put(node + "webapp.spnego-keytab-file", keytab().toString());
        }
        return keys;
    }
}
