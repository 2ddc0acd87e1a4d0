// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.rest.StateStorage.Presence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** State directories as this machine sees them; each folder of many checkpoints is listed once. */
final class StateFolders {
    private static final Pattern STATE =
            Pattern.compile("(?:file:/*)?(/.+)/((?:checkpoints|savepoints)/.+)/([^/]+)/*");

    /**
     * Where a pointer leads.
     *
     * @param root the state directory, absolute
     * @param folder in it, the folder that the state's own folder is in
     * @param name of the state's own folder
     */
    record Spot(String root, String folder, String name) {
        private String path() {
            return folder + "/" + name;
        }
    }

    private final Map<String, Set<String>> children = new HashMap<>();

    /** Empty for a path on other storage, or one that Sluice did not choose. */
    static Optional<Spot> spot(String path) {
        Matcher matcher = STATE.matcher(path);
        return matcher.matches()
                ? Optional.of(new Spot(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    boolean isComplete(Spot spot) throws IOException {
        if (!listed(spot).contains(spot.name())) {
            return false;
        }
        StateFiles files = files(spot);
        return new FileStateStorage(files).presence(files.url(spot.path())) == Presence.COMPLETE;
    }

    /** Nothing is there that Flink could restore: without this file no state is state. */
    boolean isAbsent(Spot spot) throws IOException {
        return !listed(spot).contains(spot.name())
                || files(spot).head(spot.path() + "/_metadata", 1).isEmpty();
    }

    private Set<String> listed(Spot spot) throws IOException {
        String key = spot.root() + "/" + spot.folder();
        Set<String> known = children.get(key);
        if (known == null) {
            known = new HashSet<>(files(spot).children(spot.folder()));
            children.put(key, known);
        }
        return known;
    }

    private static StateFiles files(Spot spot) {
        return new FolderFiles(Path.of(spot.root()));
    }
}
