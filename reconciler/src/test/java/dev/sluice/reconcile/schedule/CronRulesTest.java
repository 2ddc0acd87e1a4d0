// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.Schedule;
import dev.sluice.spec.bind.CronRules;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a cron expression while a commit is read, against what Quartz makes of it later. */
class CronRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int EXPRESSIONS = 2_000;
    private static final List<String> MONTHS = List.of("JAN", "FEB", "APR", "JUN", "NOV");
    private static final List<String> SPECIAL_DAYS = List.of("L", "LW", "15W", "*", "?");
    private static final List<String> WEEKDAYS =
            List.of("?", "?", "?", "MON", "2-6", "MON-FRI", "6#3", "6L", "8", "*");

    @Test
    void quartzFindsAnInstantForWhatIsAcceptedAndNoneForWhatIsNot() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < EXPRESSIONS; round++) {
            String cron = expression(random);

            Optional<String> mistake = CronRules.mistake(cron);

            boolean isFiring = CronTimes.of(new Schedule(cron, ZoneId.of("UTC")))
                    .flatMap(times -> times.after(NOW))
                    .isPresent();
            assertEquals(isFiring, mistake.isEmpty(), "seed " + seed + ": " + cron + " " + mistake);
            refused += mistake.isPresent() ? 1 : 0;
        }
        assertTrue(refused > 100 && refused < EXPRESSIONS - 100, "refused " + refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 2 30 2 ?",
                "0 0 2 30-31 FEB ?",
                "0 0 2 31 2,4,6,9,11 ?",
                "0 0 2 29 2 ? 2027",
                "60 0 2 * * ?",
                "0 0 2 * * *",
                "0 0 2 ? * ?"
            })
    void whatNeverComesTrueIsTold(String cron) {
        assertTrue(CronRules.mistake(cron).isPresent(), cron);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 2 * * ?",
                "0 0 2 29 2 ?",
                "0 0 2 29 2 ? 2028",
                "0 0 2 31 2,3 ?",
                "0 0/15 2-4 L * ?",
                "0 0 2 ? * mon-fri",
                "0 0 22-2 30 11-2 ?"
            })
    void whatComesTrueIsAccepted(String cron) {
        assertEquals(Optional.empty(), CronRules.mistake(cron), cron);
    }

    private static String expression(Random random) {
        String year = random.nextInt(4) == 0 ? " " + (2027 + random.nextInt(9)) : "";
        return String.join(
                        " ",
                        number(random, 0, 61),
                        number(random, 0, 61),
                        number(random, 0, 24),
                        random.nextInt(3) == 0 ? pick(random, SPECIAL_DAYS) : number(random, 1, 31),
                        month(random),
                        pick(random, WEEKDAYS))
                + year;
    }

    private static String month(Random random) {
        return random.nextBoolean() ? pick(random, MONTHS) : number(random, 1, 12);
    }

    /** Mostly one number, sometimes a range, a step or a list. */
    private static String number(Random random, int smallest, int largest) {
        int one = smallest + random.nextInt(largest - smallest + 1);
        int other = smallest + random.nextInt(largest - smallest + 1);
        return switch (random.nextInt(12)) {
            case 0 -> Math.min(one, other) + "-" + Math.max(one, other);
            case 1 -> one + "," + other;
            case 2 -> one + "/" + (1 + random.nextInt(5));
            default -> String.valueOf(one);
        };
    }

    private static String pick(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
