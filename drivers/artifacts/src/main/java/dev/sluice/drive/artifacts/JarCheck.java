// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Tells a jar from an error page with a friendly name, and from half a jar. */
final class JarCheck {
    private JarCheck() {}

    static void check(String name, Path file) throws ArtifactFailure {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() == 0) {
                throw new ArtifactFailure(Reason.UNUSABLE, name + " is an empty jar");
            }
        } catch (IOException e) {
            throw noJar(name, e);
        }
    }

    /** As {@link #check(String, Path)}, reading to the end. */
    static void check(String name, byte[] bytes) throws ArtifactFailure {
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            while (zip.getNextEntry() != null) {
                entries++;
            }
        } catch (IOException e) {
            throw noJar(name, e);
        }
        if (entries == 0) {
            throw new ArtifactFailure(Reason.UNUSABLE, name + " is no jar, or an empty one");
        }
    }

    private static ArtifactFailure noJar(String name, IOException cause) {
        return new ArtifactFailure(
                Reason.UNUSABLE, name + " is no jar, or half of one: " + cause.getMessage(), cause);
    }
}
