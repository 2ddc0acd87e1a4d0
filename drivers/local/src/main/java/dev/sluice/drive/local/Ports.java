// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two fixed ports of a JobManager on the loopback address; all others are chosen by Flink. */
record Ports(int rest, int rpc) {
    /** Two ports that are free now. Another process may take one before Flink does: Flink then ends. */
    static Ports choose() throws IOException {
        try (ServerSocket rest = bind(0);
                ServerSocket rpc = bind(0)) {
            return new Ports(rest.getLocalPort(), rpc.getLocalPort());
        }
    }

    boolean areFree() {
        return isFree(rest) && isFree(rpc);
    }

    private static boolean isFree(int port) {
        try {
            bind(port).close();
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
