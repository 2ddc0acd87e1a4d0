// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Who we are over ssh: the keys of one directory, with no agent, no {@code ~/.ssh}, no configuration
 * file. Nobody is there to be asked, so a server that {@code known_hosts} does not name is refused.
 */
final class SshIdentity {
    private SshIdentity() {}

    static SshSessionFactory of(Optional<Path> directory) {
        File files = directory
                .orElseThrow(() -> new IllegalStateException("ssh needs a directory with its keys"))
                .toFile();
        SshdSessionFactory factory = new SshdSessionFactoryBuilder()
                .setHomeDirectory(files)
                .setSshDirectory(files)
                .setConfigStoreFactory((home, configuration, user) -> null)
                .setDefaultKnownHostsFiles(
                        parent -> List.of(parent.toPath().resolve("known_hosts")))
                .setPreferredAuthentications("publickey")
                .setConnectorFactory(null)
                .build(null);
        return factory;
    }
}
