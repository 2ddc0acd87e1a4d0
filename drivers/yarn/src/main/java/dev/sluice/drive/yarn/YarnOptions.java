// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.isolation.Keytab;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One YARN cluster.
 *
 * @param cluster its name in the environment
 * @param hadoop folder with Hadoop's client configuration
 * @param keytab for a cluster that wants Kerberos
 * @param state {@code hdfs:} URL of the folder for savepoints, checkpoints and Flink's jars
 * @param homes Flink minor version to a folder; a version without one is assembled from Maven
 * @param workers how processes are run that need Flink's and Hadoop's classes
 * @param directory for files of this driver
 * @param defaults of Flink's configuration, for keys that a job leaves out
 * @param sessions session clusters that are made when a job first needs them, by name
 */
public record YarnOptions(
        String cluster,
        Path hadoop,
        Optional<Keytab> keytab,
        URI state,
        SortedMap<String, Path> homes,
        WorkerSettings workers,
        Path directory,
        SortedMap<String, String> defaults,
        SortedMap<String, ClusterBasics.Session> sessions) {
    /** As an entry names it. */
    public static Keytab keytab(Cluster.Yarn.Kerberos kerberos) {
        return new Keytab(
                kerberos.principal(),
                Path.of(kerberos.keytab()),
                kerberos.krb5Conf().map(Path::of));
    }

    public YarnOptions {
        requireNonNull(cluster, "cluster is null");
        hadoop = hadoop.toAbsolutePath().normalize();
        requireNonNull(keytab, "keytab is null");
        requireNonNull(state, "state is null");
        if (!"hdfs".equals(state.getScheme()) || state.getAuthority() == null) {
            throw new IllegalArgumentException(
                    "not the URL of a folder of HDFS, such as hdfs://nameservice1/flink: " + state);
        }
        homes = Collections.unmodifiableSortedMap(new TreeMap<>(homes));
        requireNonNull(workers, "workers is null");
        directory = directory.toAbsolutePath().normalize();
        defaults = Collections.unmodifiableSortedMap(new TreeMap<>(defaults));
        sessions = Collections.unmodifiableSortedMap(new TreeMap<>(sessions));
    }
}
