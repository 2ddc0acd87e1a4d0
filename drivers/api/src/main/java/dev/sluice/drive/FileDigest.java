// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import dev.sluice.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file's content, without reading it into memory as a whole. */
public final class FileDigest {
    private static final int BUFFER_BYTES = 1 << 16;

    private FileDigest() {}

    public static Digest of(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Digest(HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Looks at a file again that was checked before.
     *
     * @throws Changed when it has other bytes
     */
    public static void require(Path file, Digest checked) throws IOException {
        Digest found = of(file);
        if (!found.equals(checked)) {
            throw new Changed(file + " has changed since it was checked: its SHA-256 is " + found
                    + ", not " + checked);
        }
    }

    /** A file has other bytes than it had. */
    public static final class Changed extends IOException {
        private static final long serialVersionUID = 1L;

        private Changed(String message) {
            super(message);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
