// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A ZooKeeper of one process, as Flink brings it, for the high availability of a session cluster. */
final class ZooKeeper implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Process process;

    ZooKeeper(FlinkHome home, Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("zoo.cfg"), """
                tickTime=500
                initLimit=10
                syncLimit=5
                admin.enableServer=false
                clientPortAddress=127.0.0.1
                clientPort=%d
                dataDir=%s
                """.formatted(port, folder.resolve("data")));
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        home.lib() + "/*",
                        "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                        "--zkConfigFile",
                        config.toString(),
                        "--peerId",
                        "1"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("zookeeper.out").toFile())
                .start();
    }

    /** What a Flink cluster says to use it. */
    Map<String, String> configuration() {
        return Map.of(
                "high-availability.type",
                "zookeeper",
                "high-availability.zookeeper.quorum",
                "127.0.0.1:" + port,
                "high-availability.storageDir",
                folder.resolve("ha").toUri().toString(),
                "high-availability.zookeeper.client.session-timeout",
                "10000");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
