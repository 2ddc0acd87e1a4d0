// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.HandClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InquiriesTest {
    private final ByHand threads = new ByHand();
    private final HandClock clock = new HandClock();
    private final Inquiries<String, String, String> inquiries = new Inquiries<>(threads, clock);

    @Test
    void anAnswerIsToldOnceAndOnlyToItsQuestion() {
        Optional<String> atFirst = poll("orders", "does checkpoint 1 fit?");
        threads.work();

        Optional<String> told = poll("orders", "does checkpoint 1 fit?");

        assertTrue(atFirst.isEmpty());
        assertEquals(Optional.of("answer to does checkpoint 1 fit?"), told);
        assertTrue(poll("orders", "does checkpoint 1 fit?").isEmpty());
    }

    @Test
    void aChangedQuestionGetsNoAnswerOfBefore() {
        poll("orders", "does checkpoint 1 fit?");
        threads.work();

        Optional<String> atOnce = poll("orders", "does the named savepoint fit?");
        threads.work();

        assertTrue(atOnce.isEmpty());
        assertEquals(
                Optional.of("answer to does the named savepoint fit?"),
                poll("orders", "does the named savepoint fit?"));
    }

    @Test
    void anAnswerThatNobodyFetchedIsForgotten() {
        poll("orders", "does checkpoint 1 fit?");
        poll("stock", "does checkpoint 4 fit?");
        threads.work();
        clock.pass(3600);

        Optional<String> late = poll("orders", "does checkpoint 1 fit?");

        assertTrue(late.isEmpty());
        assertEquals(1, inquiries.size());
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotBegun() {
        poll("orders", "does checkpoint 1 fit?");
        poll("orders", "does the named savepoint fit?");

        assertEquals(List.of("does the named savepoint fit?"), threads.work());
    }

    private Optional<String> poll(String subject, String question) {
        return inquiries.poll(subject, question, () -> {
            threads.done.add(question);
            return "answer to " + question;
        });
    }
}
