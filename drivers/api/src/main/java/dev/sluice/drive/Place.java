// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where a process runs. A process id means something only to processes of the same place, and so does
 * a file lock on storage that several hosts share. What the system does not tell is {@code -}.
 *
 * @param host host name
 * @param machine {@code /etc/machine-id}, which tells hosts of one name apart
 * @param boot {@code boot_id} of Linux: new with every start of the kernel, shared by its containers
 * @param pids namespace of process ids, of which a container has its own
 */
public record Place(String host, String machine, String boot, String pids) {
    /** Of something written before places were. */
    public static final Place UNKNOWN = new Place("-", "-", "-", "-");

    /** How another place lies to this one. */
    public enum Relation {
        /** Its processes can be seen and its locks are honest; also when the system tells nothing. */
        SAME,
        /** This host before its last start: all of its processes have ended. */
        REBOOTED,
        /** Another container on this kernel: locks are honest, processes cannot be seen. */
        OTHER_NAMESPACE,
        /** Another host: neither can be relied on. */
        OTHER_HOST
    }

    public Place {
        requireNonNull(host, "host is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(boot, "boot is null");
        requireNonNull(pids, "pids is null");
    }

    /** The place of this process. */
    public static Place here() {
        return new Place(
                hostName(),
                line("/etc/machine-id"),
                line("/proc/sys/kernel/random/boot_id"),
                link("/proc/self/ns/pid"));
    }

    /** How {@code other} lies to this place. */
    public Relation relationTo(Place other) {
        if (other.equals(UNKNOWN) || equals(other)) {
            return Relation.SAME;
        }
        if (boot.equals(other.boot) && !boot.equals("-")) {
            return pids.equals(other.pids) ? Relation.SAME : Relation.OTHER_NAMESPACE;
        }
        // Containers without that file share names such as "sluice-0": a name proves no host.
        boolean isSameHost =
                !machine.equals("-") && host.equals(other.host) && machine.equals(other.machine);
        return isSameHost ? Relation.REBOOTED : Relation.OTHER_HOST;
    }

    /** One line that {@link #read} understands. */
    public String text() {
        return String.join(" ", host, machine, boot, pids);
    }

    /** The place that {@link #text()} wrote; anything else is {@link #UNKNOWN}. */
    public static Place read(String text) {
        List<String> words = Arrays.asList(text.split(" "));
        return words.size() == 4
                ? new Place(words.get(0), words.get(1), words.get(2), words.get(3))
                : UNKNOWN;
    }

    private static String hostName() {
        try {
            return word(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return line("/proc/sys/kernel/hostname");
        }
    }

    private static String line(String file) {
        try {
            return word(Files.readString(Path.of(file)));
        } catch (IOException e) {
            return "-";
        }
    }

    private static String link(String file) {
        try {
            return word(Files.readSymbolicLink(Path.of(file)).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return "-";
        }
    }

    private static String word(String text) {
        String word = text.strip().replace(' ', '-');
        return word.isEmpty() ? "-" : word;
    }
}
