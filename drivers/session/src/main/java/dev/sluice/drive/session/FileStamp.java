// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * By which it is seen that nobody has touched a file since its bytes were checked. The kernel sets the
 * time of the last change ({@code ctime}); no program without rights over the system can set it back.
 *
 * @param attributes node, size and time of the last change
 */
public record FileStamp(Path file, Map<String, Object> attributes) {
    private static final String ATTRIBUTES = "unix:ino,size,ctime";

    public FileStamp {
        requireNonNull(file, "file is null");
        requireNonNull(attributes, "attributes is null");
    }

    public static FileStamp of(Path file) throws IOException {
        return new FileStamp(file, Files.readAttributes(file, ATTRIBUTES));
    }

    /** In bytes. */
    public long size() {
        return (Long) attributes.get("size");
    }

    /** Whether it is the file that it was; not when it is gone. */
    public boolean isUntouched() throws IOException {
        try {
            return of(file).equals(this);
        } catch (NoSuchFileException removed) {
            return false;
        }
    }
}
