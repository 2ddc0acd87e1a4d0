// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which applications are attempts of which jobs: by their tags in any state, never by name. */
final class Attempts {
    private final Reports manager;

    Attempts(Reports manager) {
        this.manager = manager;
    }

    /** The application of an attempt; one that may still do something before one that has ended. */
    Optional<Application> find(JobId attempt) throws IOException {
        return manager.tagged(Tags.attempt(attempt)).stream()
                .filter(found -> Tags.idOf(found).filter(attempt::equals).isPresent())
                .max(Comparator.comparing((Application found) -> !found.state().isFinal())
                        .thenComparing(Application::startedAt));
    }

    /** Every application of a job that is not final, from NEW on. */
    List<Application> living(JobKey key) throws IOException {
        return manager.tagged(Tags.job(key)).stream()
                .filter(found -> !found.state().isFinal())
                .toList();
    }

    /** Whether a master of the application may run, or may have. */
    boolean mayRun(Application application) throws IOException {
        return manager.mayRun(application);
    }
}
