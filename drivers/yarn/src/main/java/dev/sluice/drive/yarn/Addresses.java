// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the servers of a cluster answer over HTTP: one address, or one for each of a pair. */
final class Addresses {
    private static final String RM = "yarn.resourcemanager.";
    private static final int RM_PORT = 8088;
    private static final int NAME_NODE_PORT = 9870;

    private final HadoopConfiguration configuration;

    Addresses(HadoopConfiguration configuration) {
        this.configuration = configuration;
    }

    List<URI> resourceManagers() throws IOException {
        boolean isTls = configuration
                .find("yarn.http.policy")
                .filter("HTTPS_ONLY"::equals)
                .isPresent();
        String key = isTls ? "webapp.https.address" : "webapp.address";
        List<URI> found = new ArrayList<>();
        for (String id : names(RM + "ha.rm-ids")) {
            String suffix = id.isEmpty() ? "" : "." + id;
            Optional<String> address = configuration
                    .find(RM + key + suffix)
                    .or(() -> configuration
                            .find(RM + "hostname" + suffix)
                            .map(host -> host + ":" + RM_PORT));
            address.ifPresent(
                    text -> found.add(URI.create((isTls ? "https://" : "http://") + text)));
        }
        if (found.isEmpty()) {
            throw new IOException("yarn-site.xml names no ResourceManager: set"
                    + " yarn.resourcemanager.webapp.address or yarn.resourcemanager.hostname");
        }
        return List.copyOf(found);
    }

    /** @param fileSystem such as {@code hdfs://nameservice1/flink} */
    List<URI> nameNodes(URI fileSystem) {
        String service = fileSystem.getAuthority();
        List<URI> found = new ArrayList<>();
        for (String id : names("dfs.ha.namenodes." + service)) {
            String suffix = id.isEmpty() ? "" : "." + service + "." + id;
            String text = configuration
                    .find("dfs.namenode.http-address" + suffix)
                    .orElse(fileSystem.getHost() + ":" + NAME_NODE_PORT);
            found.add(URI.create("http://" + text));
        }
        return List.copyOf(found);
    }

    /** The names of a list; one empty name where there is no list. */
    private List<String> names(String key) {
        return configuration
                .find(key)
                .map(text -> List.of(text.strip().split("\\s*,\\s*")))
                .orElse(List.of(""));
    }
}
