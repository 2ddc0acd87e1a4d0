// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.io.IOException;

/** Where the job of a world runs, seen with eyes of one's own. */
interface Ground extends AutoCloseable {
    Eyes eyes();

    /** Tells whom requests that would change something are to be shown, where they can be seen. */
    void hear(Observer observer);

    /** Finds out where Flink is now; it may have been started anew, elsewhere. */
    void follow() throws IOException;

    /** The next answer to such a step is to be lost. */
    void loseAnswer(StepKind kind) throws IOException;

    /** Every answer that was to be lost has been. */
    boolean isSpent();

    /** No more faults, and controllers reach Flink as in the beginning. */
    void heal() throws IOException;

    @Override
    void close();
}
