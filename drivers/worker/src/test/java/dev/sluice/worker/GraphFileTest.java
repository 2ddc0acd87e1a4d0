// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.cache.DistributedCache.DistributedCacheEntry;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program may write what it likes instead of a graph; nothing of it is trusted. */
class GraphFileTest {
    private static boolean wasRead;

    /** Does something when it is read, as objects do that are made to break in. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            wasRead = true;
        }
    }

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        wasRead = false;
    }

    @Test
    void aGraphIsReadAsItWasWritten() throws Exception {
        JobGraph graph = new JobGraph("orders");
        graph.addUserArtifact("rules", new DistributedCacheEntry("hdfs:///rules.json", false));

        JobGraph read = GraphFile.read(written(graph));

        assertEquals("orders", read.getName());
        assertEquals(graph.getJobID(), read.getJobID());
    }

    @Test
    void anObjectOfAnotherClassIsNotEvenMade() throws Exception {
        Path file = written(new Trap());

        ProgramFault fault = assertThrows(ProgramFault.class, () -> GraphFile.read(file));

        assertTrue(fault.getMessage().contains("other classes than Flink's"), fault::getMessage);
        assertFalse(wasRead);
    }

    @Test
    void filesOfThisMachineAreNotBroughtAlong() throws Exception {
        JobGraph cached = new JobGraph("orders");
        cached.addUserArtifact("keys", new DistributedCacheEntry("/etc/keys", false));
        JobGraph cachedByUrl = new JobGraph("orders");
        cachedByUrl.addUserArtifact("keys", new DistributedCacheEntry("file:/etc/keys", false));
        JobGraph jar = new JobGraph("orders");
        jar.addJars(List.of(new URL("file:/etc/keys")));

        for (JobGraph graph : List.of(cached, cachedByUrl, jar)) {
            Path file = written(graph);
            ProgramFault fault = assertThrows(ProgramFault.class, () -> GraphFile.read(file));
            assertTrue(fault.getMessage().contains("/etc/keys"), fault::getMessage);
        }
    }

    private Path written(Object object) throws IOException {
        Path file = folder.resolve("job.graph");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(object);
        }
        return file;
    }
}
