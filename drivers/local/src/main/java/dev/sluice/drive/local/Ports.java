// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two fixed ports of a JobManager on the loopback address; all others are lent to Flink. */
record Ports(int rest, int rpc) {
    /** Two that the system lends: it may lend one to another before Flink takes it, and Flink ends. */
    static Ports lent() throws IOException {
        try (ServerSocket rest = bind(0);
                ServerSocket rpc = bind(0)) {
            return new Ports(rest.getLocalPort(), rpc.getLocalPort());
        }
    }

    boolean areFree() {
        return isFree(rest) && isFree(rpc);
    }

    static boolean isFree(int port) {
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
