// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What keeps a user's program away from the controller where the system allows it: name spaces of its
 * own for users, processes and mounts, so that it sees no other process and none of the hidden
 * folders, and no capability with which it could undo that. The network stays, because catalogs are
 * asked while a graph is made.
 */
final class Sandbox {
    private static final List<String> NAME_SPACES = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount",
            "--mount-proc");

    /** Hides the first {@code $1} folders named and goes on as the rest, for ever powerless. */
    private static final String SCRIPT = "n=$1; shift; while [ \"$n\" -gt 0 ]; do"
            + " mount -t tmpfs -o ro,size=4k tmpfs \"$1\" || exit 71; shift; n=$((n-1)); done;"
            + " exec setpriv --bounding-set -all --inh-caps -all --no-new-privs \"$@\"";

    private final boolean isPossible;

    private Sandbox(boolean isPossible) {
        this.isPossible = isPossible;
    }

    /** Tries it out once: kernels, containers and policies differ too much to ask them. */
    static Sandbox probe() {
        Sandbox wanted = new Sandbox(true);
        try {
            Process process = new ProcessBuilder(wanted.around(List.of("true"), List.of()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean hasEnded = process.waitFor(10, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new Sandbox(hasEnded && process.exitValue() == 0);
        } catch (IOException notInstalled) {
            return new Sandbox(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Sandbox(false);
        }
    }

    /** What a person should know, in words for evidence. */
    String words() {
        return isPossible
                ? "in name spaces of its own"
                : "as a plain process: this system allows no name spaces of its own";
    }

    List<String> around(List<String> command, List<Path> hidden) {
        if (!isPossible) {
            return command;
        }
        List<String> folders =
                hidden.stream().filter(Files::isDirectory).map(Path::toString).toList();
        List<String> all = new ArrayList<>(NAME_SPACES);
        all.addAll(List.of("sh", "-c", SCRIPT, "sandbox", Integer.toString(folders.size())));
        all.addAll(folders);
        all.addAll(command);
        return all;
    }
}
