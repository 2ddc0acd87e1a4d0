// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.cache.DistributedCache.DistributedCacheEntry;
import org.apache.flink.runtime.jobgraph.JobGraph;

/**
 * A job graph that the process of a user's program has written, read where credentials may be. The
 * program could have written anything: only classes of which Flink makes its own graphs are loaded, all
 * of a user's are bytes inside; and it names no file of this machine, which would be brought to HDFS.
 */
final class GraphFile {
    private static final String PATTERNS = String.join(
            ";",
            "java.lang.*",
            "java.math.*",
            "java.net.URI",
            "java.net.URL",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "org.apache.flink.api.common.**",
            "org.apache.flink.configuration.**",
            "org.apache.flink.core.**",
            "org.apache.flink.runtime.**",
            "org.apache.flink.util.**",
            "!*");

    private GraphFile() {}

    static JobGraph read(Path file) throws IOException, ProgramFault {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(PATTERNS));
            JobGraph graph = (JobGraph) in.readObject();
            check(graph);
            return graph;
        } catch (InvalidClassException | ClassNotFoundException | ClassCastException e) {
            throw new ProgramFault("the job's graph has objects of other classes than Flink's own,"
                    + " which are not loaded here (" + e.getMessage()
                    + "); use 'mode: application'");
        }
    }

    private static void check(JobGraph graph) throws ProgramFault {
        if (!graph.getUserJars().isEmpty()) {
            throw new ProgramFault("the job's graph names jars: " + graph.getUserJars());
        }
        for (Map.Entry<String, DistributedCacheEntry> file :
                graph.getUserArtifacts().entrySet()) {
            String scheme = URI.create(file.getValue().filePath).getScheme();
            if (scheme == null || scheme.equals("file")) {
                throw new ProgramFault("the cached file '" + file.getKey()
                        + "' is one of the machine that compiles the program: "
                        + file.getValue().filePath
                        + "; name one of HDFS, or use 'mode: application'");
            }
        }
    }
}
