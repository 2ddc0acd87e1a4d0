// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What keeps a user's program away from the controller where the system allows it: name spaces of its
 * own for users, processes and mounts, so that it sees no other process and nothing that is hidden,
 * and no capability with which it could undo that. All its processes end with the first one.
 */
final class Sandbox {
    /** What the system lets a process do that has no rights of its own. */
    private enum Reach {
        NOTHING,
        NAME_SPACES,
        NAME_SPACES_AND_NETWORK
    }

    private static final List<String> NAME_SPACES = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount",
            "--mount-proc");

    /**
     * Puts nothing in the place of the first paths, after their number, but leaves the next ones, after
     * theirs, where they are, though read-only unless it is the working folder; then goes on as the
     * rest, for ever powerless. What stays is held in the working folder meanwhile,
     * which itself may lie below a hidden one and is then entered anew.
     */
    private static final String SCRIPT = """
            set -e
            hide() { if [ -d "$1" ]; then mount -t tmpfs -o size=1m tmpfs "$1"
              else mount --bind /dev/null "$1"; fi; }
            hold() { if [ -d "$1" ]; then mkdir "$2"; else : > "$2"; fi; mount --bind "$1" "$2"; }
            give() { if [ -d "$1" ]; then mkdir -p "$2"; else mkdir -p "${2%/*}"
              [ -e "$2" ] || : > "$2"; fi; mount --bind "$1" "$2"
              [ "$2" -ef . ] || mount -o remount,bind,ro "$2"; }
            hidden=$1; shift; n=$((hidden + 1)); eval "kept=\\${$n}"
            mkdir .held; mount -t tmpfs -o size=1m tmpfs .held
            i=1; while [ $i -le $kept ]; do
              eval "path=\\${$((n + i))}"; hold "$path" ".held/$i"; i=$((i + 1)); done
            i=1; while [ $i -le $hidden ]; do eval "path=\\${$i}"; hide "$path"; i=$((i + 1)); done
            i=1; while [ $i -le $kept ]; do
              eval "path=\\${$((n + i))}"; give ".held/$i" "$path"; i=$((i + 1)); done
            i=1; while [ $i -le $hidden ]; do
              eval "path=\\${$i}"; if [ -d "$path" ]; then mount -o remount,ro "$path"; fi
              i=$((i + 1)); done
            cd "$PWD"; umount -l .held 2> /dev/null || [ ! -e .held/1 ]; shift $((n + kept))
            exec setpriv --bounding-set -all --inh-caps -all --no-new-privs "$@"
            """;

    private final Reach reach;

    private Sandbox(Reach reach) {
        this.reach = reach;
    }

    /** Tries it out once: kernels, containers and policies differ too much to ask them. */
    static Sandbox probe() {
        return Stream.of(Reach.NAME_SPACES_AND_NETWORK, Reach.NAME_SPACES)
                .filter(Sandbox::works)
                .findFirst()
                .map(Sandbox::new)
                .orElseGet(() -> new Sandbox(Reach.NOTHING));
    }

    private static boolean works(Reach reach) {
        try (Scratch scratch = new Scratch()) {
            Path folder = scratch.folder();
            Path secret = Files.createDirectory(folder.resolve("hidden"));
            Path kept = Files.writeString(secret.resolve("kept"), "kept");
            List<String> command = new Sandbox(reach)
                    .around(
                            List.of("test", "-s", kept.toString()),
                            List.of(secret),
                            List.of(kept),
                            false);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean hasEnded = process.waitFor(10, TimeUnit.SECONDS);
            process.destroyForcibly();
            return hasEnded && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isPossible() {
        return reach != Reach.NOTHING;
    }

    /**
     * What a person should know, in words for evidence.
     *
     * @param hasNetwork whether it is let to the network
     */
    String words(boolean hasNetwork) {
        return switch (reach) {
            case NOTHING -> "as a plain process: this system allows no name spaces of its own";
            case NAME_SPACES -> "in name spaces of its own";
            case NAME_SPACES_AND_NETWORK ->
                hasNetwork
                        ? "in name spaces of its own"
                        : "in name spaces of its own, without the network";
        };
    }

    /**
     * The command that runs another one apart.
     *
     * @param hidden files and folders that are there
     * @param kept files and folders that are there, which stay even below a hidden folder; only the
     *     working folder can be written to
     */
    List<String> around(
            List<String> command, List<Path> hidden, List<Path> kept, boolean hasNetwork) {
        if (!isPossible()) {
            return command;
        }
        List<String> all = new ArrayList<>(NAME_SPACES);
        if (!hasNetwork && reach == Reach.NAME_SPACES_AND_NETWORK) {
            all.add("--net");
        }
        all.addAll(List.of("sh", "-c", SCRIPT, "sandbox", Integer.toString(hidden.size())));
        hidden.forEach(path -> all.add(path.toString()));
        all.add(Integer.toString(kept.size()));
        kept.forEach(path -> all.add(path.toString()));
        all.addAll(command);
        return all;
    }
}
