// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Allowance;
import dev.sluice.spec.CommitId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads one row of {@code allowances:}; a row with a finding allows nothing. */
public final class AllowanceBinder {
    private AllowanceBinder() {}

    public static Optional<Allowance> bind(Fields row) {
        Optional<String> plan = row.text("plan");
        Optional<CommitId> commit = row.parsed(
                "commit",
                "a commit id of 40 hex digits",
                text -> Optional.of(text)
                        .filter(id -> id.matches("[0-9a-f]{40}"))
                        .map(CommitId::new));
        if (row.isMentioned("plan") == row.isMentioned("commit")) {
            row.error(
                    "allowance",
                    "kind",
                    "expected exactly one of plan and commit, found "
                            + (row.has("plan") ? "both" : "none"),
                    "name the plan or the commit it is for");
            return Optional.empty();
        }
        Optional<Allowance.Kind> kind = row.choice("kind", Allowance.Kind.class);
        Optional<String> reason = row.text("reason");
        Optional<Instant> expires = row.parsed(
                "expires",
                "a day or an instant in UTC, such as 2026-12-31",
                AllowanceBinder::instant);
        boolean whole = kind.isPresent()
                && reason.isPresent()
                && expires.isPresent()
                && (plan.isPresent() || commit.isPresent());
        return whole
                ? Optional.of(new Allowance(
                        plan, commit, row.text("job"), kind.get(), reason.get(), expires.get()))
                : Optional.empty();
    }

    /** A day counts to its end. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }
}
