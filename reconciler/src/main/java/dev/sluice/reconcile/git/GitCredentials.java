// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Where the controller's proof of identity lies. The files are read anew for every fetch, so they can
 * be rotated; what is in them never leaves this package.
 *
 * @param passwordFile for https: lines {@code username=...} and {@code password=...}, readable by
 *     its owner alone
 * @param sshDirectory for ssh: private keys under their usual names ({@code id_ed25519}, ...) and
 *     {@code known_hosts}; a server that is not in it is refused
 */
public record GitCredentials(Optional<Path> passwordFile, Optional<Path> sshDirectory) {
    public static final GitCredentials NONE =
            new GitCredentials(Optional.empty(), Optional.empty());

    public GitCredentials {
        requireNonNull(passwordFile, "passwordFile is null");
        requireNonNull(sshDirectory, "sshDirectory is null");
    }

    /** User and password, read from their file; empty when none is named. */
    Optional<Password> password() throws IOException {
        if (passwordFile.isEmpty()) {
            return Optional.empty();
        }
        Path file = passwordFile.get();
        Set<PosixFilePermission> others = Files.getPosixFilePermissions(file);
        others.removeAll(Set.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE));
        if (!others.isEmpty()) {
            throw new IOException("others than its owner may open " + file + ": chmod 600 " + file);
        }
        List<String> lines = Files.readAllLines(file);
        return Optional.of(new Password(value(lines, "username="), value(lines, "password=")));
    }

    private String value(List<String> lines, String name) throws IOException {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()).strip())
                .orElseThrow(() -> new IOException(
                        passwordFile.orElseThrow() + " has no line " + name + "..."));
    }

    /** A user and a password; not to be shown. */
    record Password(String user, String secret) {
        CredentialsProvider provider() {
            return new UsernamePasswordCredentialsProvider(user, secret);
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
