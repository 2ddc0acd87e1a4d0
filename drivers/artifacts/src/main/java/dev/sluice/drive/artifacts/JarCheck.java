// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Tells a jar from an error page with a friendly name, and from half a jar. */
final class JarCheck {
    private JarCheck() {}

    static void check(String name, Path file) throws ArtifactFailure {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() == 0) {
                throw new ArtifactFailure(Reason.UNUSABLE, name + " is an empty jar");
            }
        } catch (IOException e) {
            throw new ArtifactFailure(
                    Reason.UNUSABLE, name + " is no jar, or half of one: " + e.getMessage(), e);
        }
    }
}
