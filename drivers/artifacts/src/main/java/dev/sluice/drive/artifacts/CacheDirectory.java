// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.nio.file.Path;
import java.util.Map;

/** Where Sluice keeps what it can fetch again: {@code SLUICE_CACHE}, else the user's cache folder. */
public final class CacheDirectory {
    private CacheDirectory() {}

    /**
     * @param environment environment variables
     * @param userHome the user's home folder
     */
    public static Path of(Map<String, String> environment, Path userHome) {
        String own = environment.getOrDefault("SLUICE_CACHE", "");
        if (!own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = shared.isBlank() ? userHome.resolve(".cache") : Path.of(shared);
        return base.resolve("sluice").toAbsolutePath();
    }
}
