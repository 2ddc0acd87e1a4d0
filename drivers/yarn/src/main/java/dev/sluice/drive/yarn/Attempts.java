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
    private final Listings listings;

    Attempts(Reports manager, Listings listings) {
        this.manager = manager;
        this.listings = listings;
    }

    /**
     * The application of an attempt; one that may still do something before one that has ended.
     *
     * @throws IOException also while one that is not listed may still run
     */
    Optional<Application> find(JobId attempt) throws IOException {
        List<Application> listed = manager.tagged(Tags.attempt(attempt));
        List<Application> all =
                listed.isEmpty() ? listings.of(Tags.attempt(attempt), List.of(attempt)) : listed;
        return all.stream()
                .filter(found -> Tags.idOf(found).filter(attempt::equals).isPresent())
                .max(Comparator.comparing((Application found) -> !found.state().isFinal())
                        .thenComparing(Application::startedAt));
    }

    /**
     * Every application of a job that is not final, from NEW on.
     *
     * @throws IOException also while one of these attempts that is not listed may run, or processes of one that YARN
     *     calls final
     */
    List<Application> living(JobKey key, List<JobId> attempts) throws IOException {
        return listings.living(Tags.job(key), attempts);
    }

    /** Whether a master of the application may run, or may have. */
    boolean mayRun(Application application) throws IOException {
        return manager.mayRun(application);
    }
}
