// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long TaskManagers go on without their JobManager, {@code heartbeat.timeout}: an application whose
 * configuration makes that longer says so by a tag.
 */
final class Heartbeats {
    /** Flink's own (HeartbeatManagerOptions). */
    private static final Duration DEFAULT = Duration.ofSeconds(50);

    /** For what cannot be read here, and Flink may read. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String KEY = "heartbeat.timeout";
    private static final String TAG = "sluice-heartbeat:";

    /** YarnConfiguration.APPLICATION_MAX_TAGS */
    private static final int MOST_TAGS = 10;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");
    private static final Map<String, Duration> UNITS = Map.of(
            "", Duration.ofMillis(1),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "sec", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));

    private Heartbeats() {}

    /** The tags of an application with this configuration. */
    static String tagged(SortedMap<String, String> keys) {
        List<String> tags = new ArrayList<>(List.of(keys.get("yarn.tags").split(",")));
        Duration timeout =
                Optional.ofNullable(keys.get(KEY)).map(Heartbeats::read).orElse(DEFAULT);
        if (timeout.compareTo(DEFAULT) > 0) {
            if (tags.size() == MOST_TAGS) {
                tags.removeIf(tag -> tag.startsWith(Tags.COMMIT));
            }
            tags.add(TAG + timeout.toMillis());
        }
        return String.join(",", tags);
    }

    static Duration of(Application application) {
        return application.tags().stream()
                .filter(tag -> tag.matches(TAG + "\\d{1,15}"))
                .map(tag -> Duration.ofMillis(Long.parseLong(tag.substring(TAG.length()))))
                .findFirst()
                .orElse(DEFAULT);
    }

    private static Duration read(String text) {
        Matcher found = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        return found.matches() && UNITS.containsKey(found.group(2))
                ? UNITS.get(found.group(2)).multipliedBy(Long.parseLong(found.group(1)))
                : LONGEST;
    }
}
