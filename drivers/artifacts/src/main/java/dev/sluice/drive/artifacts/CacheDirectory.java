// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where Sluice keeps what it can fetch again: {@code SLUICE_CACHE}, else the user's cache folder. */
public final class CacheDirectory {
    private static final long USUAL_LIMIT = 20L << 30;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?([kmgt]?)(?:i?b)?");
    private static final String UNITS = "kmgt";

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

    /** Bytes of artifacts that are kept: {@code SLUICE_CACHE_LIMIT}, else 20 GiB. */
    static long limit(Map<String, String> environment) {
        return bytes(environment.getOrDefault("SLUICE_CACHE_LIMIT", "")).orElse(USUAL_LIMIT);
    }

    /** Hosts that artifacts may come from although they are this machine: {@code SLUICE_TRUSTED_HOSTS}. */
    static List<String> trusted(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("SLUICE_TRUSTED_HOSTS", "").split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** A size such as {@code 500m} or {@code 2 GiB}, in steps of 1024; empty when it is none. */
    public static Optional<Long> bytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return Optional.empty();
        }
        int steps = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
        return Optional.of(Long.parseLong(size.group(1)) << (10 * steps));
    }
}
