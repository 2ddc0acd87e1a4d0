// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.proxy.Fault;
import dev.sluice.reconcile.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer that is lost on its way: by the proxy, or by the driver where Flink is not asked. */
record LostAnswer(Path folder, FaultProxy proxy) {
    LostAnswer {
        requireNonNull(folder, "folder is null");
        requireNonNull(proxy, "proxy is null");
    }

    /**
     * The next answer to such a step is to be lost.
     *
     * @param request what asks Flink for it; empty when Flink is not asked
     */
    void next(StepKind kind, Optional<Pattern> request) throws IOException {
        if (request.isPresent()) {
            proxy.once(asked -> request.get().matcher(asked.line()).matches(), Fault.answerLost());
        } else {
            Files.writeString(TrappedDriver.losing(folder), kind.name());
        }
    }

    /** Whether it has been lost. */
    boolean isGone() {
        return proxy.isSpent() && !Files.exists(TrappedDriver.losing(folder));
    }
}
