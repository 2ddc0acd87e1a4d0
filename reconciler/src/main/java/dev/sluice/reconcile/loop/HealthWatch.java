// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Phase;
import dev.sluice.plan.health.HealthCheck;
import dev.sluice.plan.health.Vitals;
import dev.sluice.reconcile.journal.Facts;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the vitals of every stable job from the looks that are taken anyway, and keeps complaints in
 * the journal when they change, for commands that look without a controller. Owned by the loop.
 */
final class HealthWatch implements Checkup {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final String PREFIX = "health/";

    private final Facts facts;
    private final Map<JobKey, Vitals> vitals = new HashMap<>();
    private final Map<String, String> kept;

    HealthWatch(Facts facts) {
        this.facts = requireNonNull(facts, "facts is null");
        this.kept = new HashMap<>(facts.all(PREFIX));
    }

    /** What the journal says, without looking anew. */
    static Checkup remembered(Facts facts) {
        Map<String, String> kept = facts.all(PREFIX);
        return desk -> kept.getOrDefault(name(desk), "").lines().toList();
    }

    @Override
    public List<String> of(Desk desk) {
        newest(desk).ifPresent(job -> look(desk, job));
        Optional<Vitals> known = Optional.ofNullable(vitals.get(desk.key()))
                .filter(found -> desk.record().currentId().equals(Optional.of(found.id())));
        boolean isStable = desk.record().phase() instanceof Phase.Stable;
        if (isStable && known.isEmpty()) {
            return kept.getOrDefault(name(desk), "").lines().toList();
        }
        List<String> complaints = isStable ? complaints(desk, known.get()) : List.of();
        keep(name(desk), String.join("\n", complaints));
        return complaints;
    }

    private static List<String> complaints(Desk desk, Vitals known) {
        return desk.wanted()
                .filter(Desired.Specified.class::isInstance)
                .map(wanted -> ((Desired.Specified) wanted).job().spec().health())
                .map(rules -> HealthCheck.complaints(rules, known))
                .orElse(List.of());
    }

    private void look(Desk desk, LiveJob job) {
        job.detail().ifPresent(detail -> {
            Vitals before = vitals.get(desk.key());
            vitals.put(
                    desk.key(),
                    before == null
                            ? Vitals.first(job, detail, desk.observed().at())
                            : before.then(job, detail, desk.observed().at()));
        });
    }

    private static Optional<LiveJob> newest(Desk desk) {
        // A job without attempts may be seen alive all the same: its journal was lost.
        Optional<JobId> current = desk.record().currentId();
        return desk.observed() instanceof Observed.Present present
                ? present.attempts().stream()
                        .filter(job -> current.equals(Optional.of(job.id())))
                        .findFirst()
                : Optional.empty();
    }

    /** A complaint that cannot be written down now is written down with the next look. */
    private void keep(String name, String text) {
        if (text.equals(kept.getOrDefault(name, ""))) {
            return;
        }
        try {
            if (text.isEmpty()) {
                facts.forget(name);
                kept.remove(name);
            } else {
                facts.keep(name, text);
                kept.put(name, text);
            }
        } catch (JournalException e) {
            LOG.warn("health not kept name={} cause={}", name, e.getMessage());
        }
    }

    private static String name(Desk desk) {
        return PREFIX + desk.key().qualified();
    }
}
