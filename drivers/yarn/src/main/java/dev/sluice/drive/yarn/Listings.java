// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.yarn.Reports.Service;
import dev.sluice.spec.JobId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Listings in which what is not there is not anywhere. A ResourceManager without high availability
 * serves REST before it has recovered its applications, and lists none until then
 * (ResourceManager.serviceStart); one that recovers nothing is empty while the NodeManagers still run what
 * it has forgotten. So a listing counts only
 *
 * <ul>
 *   <li>when the same process of the ResourceManager said before it and after it that it is active, and
 *   <li>when that process has run for a while, or knows under its id each application that may have been
 *       submitted.
 * </ul>
 *
 * <p>Everything else throws: it is not known what runs.
 */
final class Listings {
    /**
     * How long what a new ResourceManager has forgotten may go on: NodeManagers and masters try to reach
     * it every 30 s (yarn.resourcemanager.connect.retry-interval.ms) and are told to end what it does not
     * know; four times that.
     */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final int TRIES = 3;

    private final Reports manager;
    private final Reservations reservations;
    private final Remains remains;
    private volatile Instant active = Instant.MIN;

    Listings(Reports manager, Reservations reservations) {
        this.manager = requireNonNull(manager, "manager is null");
        this.reservations = requireNonNull(reservations, "reservations is null");
        this.remains = new Remains(manager);
    }

    /**
     * Every application with a tag, in any state.
     *
     * @param attempts of which none may run unless it is listed
     */
    List<Application> of(String tag, Collection<JobId> attempts) throws IOException {
        Listing listing = settled(tag);
        if (listing.isEarly()) {
            for (JobId attempt : attempts) {
                Optional<String> reserved = reservations.find(attempt);
                if (reserved.isPresent()) {
                    mustBeListed(reserved.get(), tag, listing.applications());
                }
            }
        }
        return listing.applications();
    }

    /** Those that are not final; of the others no process runs any more. */
    List<Application> living(String tag, Collection<JobId> attempts) throws IOException {
        return living(of(tag, attempts));
    }

    /** Every session cluster with a tag that is not final; no other one may run. */
    List<Application> livingSessions(String tag) throws IOException {
        Listing listing = settled(tag);
        if (listing.isEarly()) {
            for (String reserved : reservations.newestOfSessions()) {
                mustBeListed(reserved, tag, listing.applications());
            }
        }
        return living(listing.applications());
    }

    private List<Application> living(List<Application> listed) throws IOException {
        List<Application> living =
                listed.stream().filter(one -> !one.state().isFinal()).toList();
        if (living.isEmpty()) {
            remains.mustBeGone(listed);
        }
        return living;
    }

    /** @param isEarly the ResourceManager has just started */
    private record Listing(List<Application> applications, boolean isEarly) {}

    private Listing settled(String tag) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            List<Application> listed = manager.tagged(tag);
            Service service = manager.service();
            if (!service.isActive()) {
                throw new IOException("the ResourceManager is not active yet: what it does not list"
                        + " may still come back");
            }
            if (service.startedAt().equals(active)) {
                return new Listing(listed, service.age().compareTo(GRACE) < 0);
            }
            active = service.startedAt();
        }
        throw new IOException("the ResourceManager restarts again and again");
    }

    private void mustBeListed(String id, String tag, List<Application> listed) throws IOException {
        if (listed.stream().anyMatch(application -> application.id().equals(id))) {
            return;
        }
        Optional<Application> found = manager.find(id);
        if (found.isEmpty()) {
            throw new IOException("the ResourceManager has just started: application " + id
                    + ", which it does not know, may still run");
        }
        // One without the tag, as a session cluster of another environment, was rightly left out.
        if (!found.get().state().isFinal() && found.get().tags().contains(tag)) {
            throw new IOException(
                    "the ResourceManager did not list " + found.get().words());
        }
    }
}
