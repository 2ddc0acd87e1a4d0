// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.StateChoice.Choice;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * State that an earlier attempt completed after the newest one was fixed, because high availability had
 * brought it back. Where it plainly went on from what the newest attempt was to start from, it is the
 * newest state of the job; in all other cases a person says which counts.
 */
final class Revival {
    private final JobRecord record;
    private final Optional<KnownState> before;
    private final List<StatePointer> news;

    Revival(JobRecord record, Phase.Search search) {
        this.record = record;
        this.before = record.notes().known();
        this.news = Stream.concat(search.newest().stream(), record.lineage().stream())
                .filter(pointer -> pointer.attempt() < record.attempt())
                .filter(this::isNews)
                .distinct()
                .toList();
    }

    /** Empty when no earlier attempt has completed anything since. */
    Optional<Choice> choice(UpgradePolicy policy) {
        Optional<StatePointer> last =
                news.stream().max(Comparator.comparing(StatePointer::completedAt));
        return last.map(pointer -> isPlain(pointer)
                ? StateChoice.aged(record, pointer, policy)
                : Choice.none(Reason.StateUnknown, told(pointer)));
    }

    private boolean isNews(StatePointer found) {
        return before.filter(known -> known.isNews(found)).isPresent();
    }

    private boolean isPlain(StatePointer last) {
        return before.filter(known -> known.isContinuedBy(last)).isPresent()
                && news.stream().noneMatch(other -> other.isNewerThan(last))
                && isSuccessor()
                && isReadable();
    }

    /** The newest attempt was to go on from all that was known; nobody had given any of it up. */
    private boolean isSuccessor() {
        RestoreFrom from = record.startedFrom().orElse(new RestoreFrom.Empty("first start"));
        return from instanceof RestoreFrom.State state
                ? newest().filter(known ->
                                Restored.isSame(known.path(), state.pointer().path()))
                        .isPresent()
                : newest().isEmpty();
    }

    /** What it left is a checkpoint, which another version or another backend may not read. */
    private boolean isReadable() {
        boolean wasCheckpoint = newest().filter(
                        known -> known.kind() == StatePointer.Kind.SAVEPOINT)
                .isEmpty();
        return wasCheckpoint
                || record.lastStable()
                        .filter(old -> !StateLimits.between(
                                        old, record.deployed().orElseThrow())
                                .exist())
                        .isPresent();
    }

    private Optional<StatePointer> newest() {
        return before.flatMap(KnownState::newest);
    }

    private String told(StatePointer last) {
        return "attempt " + last.attempt() + " came back to life and completed " + last.path()
                + " at " + last.completedAt() + ", after attempt " + record.attempt()
                + " had been planned from "
                + record.startedFrom().map(RestoreFrom::toString).orElse("nothing");
    }
}
