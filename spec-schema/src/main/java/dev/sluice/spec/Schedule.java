// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/** When a batch job runs: a Quartz cron expression in a time zone. */
public record Schedule(String cron, ZoneId timeZone) {
    public Schedule {
        requireNonNull(cron, "cron is null");
        requireNonNull(timeZone, "timeZone is null");
    }
}
