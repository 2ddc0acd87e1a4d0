// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.Leadership;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to act, as the loop asks for it in each turn. A new one makes everything remembered
 * before it old, so the journal is read anew.
 */
final class Reign {
    private static final Logger LOG = LoggerFactory.getLogger(Reign.class);

    private final LeaseKeeper lease;
    private final Fleet fleet;
    private final Board board;
    private Optional<FencingToken> last = Optional.empty();
    private Optional<String> told = Optional.empty();

    Reign(LeaseKeeper lease, Fleet fleet, Board board) {
        this.lease = requireNonNull(lease, "lease is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.board = requireNonNull(board, "board is null");
    }

    /** The token to act with; empty while another controller leads or the journal cannot be used. */
    Optional<FencingToken> token(Instant now) {
        try {
            Optional<FencingToken> token = lease.token();
            board.post(lease.latest());
            lease.latest().ifPresent(this::tell);
            if (token.isPresent() && !token.equals(last)) {
                fleet.load(now);
                last = token;
            }
            return token;
        } catch (JournalException e) {
            LOG.error("lease neither acquired nor renewed cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    private void tell(Leadership leadership) {
        String who = leadership instanceof Leadership.Leading leading
                ? leading.token().toString()
                : ((Leadership.Standby) leadership).owner();
        if (told.filter(who::equals).isEmpty()) {
            told = Optional.of(who);
            Chronicle.leads(leadership);
        }
    }
}
