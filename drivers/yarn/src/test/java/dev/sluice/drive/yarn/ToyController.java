// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Resources;
import dev.sluice.spec.Resources.Process;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of a driver for {@link ToyYarn}; a new one has forgotten everything.
 *
 * @param folder its state directory, shared by all
 */
record ToyController(
        ToyYarn yarn, Path folder, Preparing ready, JobManagers jobManagers, Clock clock) {
    /** A job with a Flink application of its own. */
    static final SampleJob APPLICATION = new SampleJob(
            new JobKey("repo", "test", "shop", "orders"),
            "1.20",
            "INSERT INTO a SELECT 1",
            1,
            FlinkTarget.Mode.APPLICATION);

    static ToyController of(ToyYarn yarn, Path folder) {
        Clock clock = Clock.systemUTC();
        FileStateStorage storage = new FileStateStorage(new FolderFiles(folder));
        return new ToyController(
                yarn, folder, new Ready(folder), new JobManagers(storage, clock), clock);
    }

    Launching launching() {
        Attempts attempts = attempts();
        Reservations reservations = reservations();
        ApplicationSettings settings = new ApplicationSettings(new TreeMap<>(), Optional.empty());
        return new Launching(
                attempts,
                jobManagers,
                reservations,
                new FileStateStorage(new FolderFiles(folder)),
                ready,
                yarn,
                ending(),
                new Packing(settings, yarn, folder, clock),
                new SessionStarts(
                        sessions(),
                        manager(),
                        jobManagers,
                        reservations,
                        ready,
                        yarn,
                        settings,
                        new SessionStarts.Options(declared(), folder),
                        clock),
                clock);
    }

    Ending ending() {
        return new Ending(attempts(), sessions(), jobManagers, yarn, ready, clock);
    }

    Absences absences() {
        return new Absences(attempts(), sessions(), jobManagers);
    }

    Places places() {
        return new Places(manager(), sessions(), declared());
    }

    Reports manager() {
        return new Reports(List.of(yarn.address()));
    }

    private Sessions sessions() {
        return new Sessions(manager(), listings(), jobManagers, "lake");
    }

    private Attempts attempts() {
        return new Attempts(manager(), listings());
    }

    private Listings listings() {
        return new Listings(manager(), reservations());
    }

    private Reservations reservations() {
        return new Reservations(new FolderFiles(folder));
    }

    private static TreeMap<String, ClusterBasics.Session> declared() {
        return new TreeMap<>(Map.of(
                "shared",
                new ClusterBasics.Session(
                        "1.20",
                        new Resources(1, Process.UNSET, Process.UNSET, Optional.of(2)),
                        new TreeMap<>(
                                Map.of("queue", "etl", "nodeLabel", "quick", "priority", "7")))));
    }
}
