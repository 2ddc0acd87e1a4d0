// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The way of a worker to one Hadoop cluster. Nothing else decides it: the worker inherits no variable
 * of the controller.
 *
 * @param jars classes of a Hadoop client
 * @param configuration folder with {@code core-site.xml} and {@code yarn-site.xml}
 * @param keytab for a cluster that wants Kerberos
 */
public record HadoopClient(List<Path> jars, Path configuration, Optional<Keytab> keytab) {
    public HadoopClient {
        jars = List.copyOf(jars);
        requireNonNull(configuration, "configuration is null");
        requireNonNull(keytab, "keytab is null");
    }

    /** Of a cluster that takes anybody's word. */
    public HadoopClient(List<Path> jars, Path configuration) {
        this(jars, configuration, Optional.empty());
    }
}
