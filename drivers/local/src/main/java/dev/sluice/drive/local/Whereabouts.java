// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Place;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the processes of an attempt could be seen from here.
 *
 * @param folder of the attempt; its name is the job id
 */
record Whereabouts(Place here, Path folder) {
    Whereabouts {
        requireNonNull(here, "here is null");
        requireNonNull(folder, "folder is null");
    }

    /** Why nobody can tell: processes on another host, in another container or for another path. */
    Optional<String> hidden(ApplicationFile file) {
        return switch (here.relationTo(file.place())) {
            case OTHER_HOST, OTHER_NAMESPACE ->
                Optional.of("the cluster of " + file.job()
                        + " was started on " + file.place().host()
                        + ", and from here nobody can tell whether it runs: use the data directory there,"
                        + " or, once that host or container is gone, delete " + folder);
            case SAME ->
                Stream.of(file.jobManager(), file.taskManager())
                        .flatMap(pid -> underOtherPath(pid).stream())
                        .findFirst();
            case REBOOTED -> Optional.empty();
        };
    }

    private Optional<String> underOtherPath(long pid) {
        return Optional.of(pid)
                .filter(known -> known > 0)
                .flatMap(FlinkProcess::mark)
                .filter(mark -> mark.endsWith("/" + folder.getFileName()))
                .filter(mark -> FlinkProcess.find(pid, folder).isEmpty())
                .map(mark -> "process " + pid + " runs this attempt for another path (" + mark
                        + "): use the data directory by that path, or end it");
    }
}
