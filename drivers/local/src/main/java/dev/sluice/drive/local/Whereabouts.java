// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Place;
import java.nio.file.Path;
import java.util.List;
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
                Optional.of("the cluster of " + file.job() + " was started on "
                        + file.place().host()
                        + ", and from here nobody can tell whether it runs: use the data directory"
                        + " there, or, once that host or container is gone, delete " + folder);
            case SAME -> underOtherPath(file);
            case REBOOTED -> Optional.empty();
        };
    }

    private Optional<String> underOtherPath(ApplicationFile file) {
        return marks(file).stream()
                .filter(mark -> mark.endsWith("/" + folder.getFileName()))
                .filter(mark -> !mark.endsWith("@" + folder))
                .findFirst()
                .map(mark -> "a process runs this attempt for another path (" + mark
                        + "): use the data directory by that path, or end it");
    }

    /** Of its processes; of all, where their ids were never written because a controller died. */
    private static List<String> marks(ApplicationFile file) {
        if (file.jobManager() == 0 || file.taskManager() == 0) {
            return FlinkProcess.marks();
        }
        return Stream.of(file.jobManager(), file.taskManager())
                .flatMap(pid -> FlinkProcess.mark(pid).stream())
                .toList();
    }
}
