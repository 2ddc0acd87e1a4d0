// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.read.Coordinate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * How the jars of a job come into its pods, as {@code kubernetes: {artifacts: ...}} says. Whichever way
 * it is, a pod checks their digests before Flink starts.
 *
 * @param way STATE is what a job has that names none
 * @param folder in the claim, of the node or in the image
 * @param claim of a volume
 * @param maven where pods find Maven's coordinates
 * @param secret of the namespace, with credentials for that place
 */
record Delivery(
        Way way,
        Optional<String> folder,
        Optional<String> claim,
        URI maven,
        Optional<String> secret) {
    /** Where jars lie that a pod has a folder of. */
    static final String MOUNTED = "/opt/sluice/artifacts";

    enum Way {
        /** By the folder of state, where Sluice puts them. */
        STATE("state"),
        INIT_FETCH("initFetch"),
        PVC("pvc"),
        HOST_PATH("hostPath"),
        IMAGE("image");

        private final String word;

        Way(String word) {
            this.word = word;
        }
    }

    Delivery {
        requireNonNull(way, "way is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(claim, "claim is null");
        requireNonNull(maven, "maven is null");
        requireNonNull(secret, "secret is null");
    }

    /**
     * One jar for a pod.
     *
     * @param source an address, or a file of the pod
     */
    record Part(Digest digest, String name, String source) {
        /** As {@code dev.sluice.fetch.Part} reads it. */
        String line() {
            return digest.hex() + "\t" + name + "\t" + source;
        }
    }

    /** @param maven the repository of a job that names none for its pods */
    static Delivery of(SortedMap<String, String> options, URI maven) {
        String word = options.getOrDefault("artifacts.delivery", Way.STATE.word);
        Way way = Stream.of(Way.values())
                .filter(known -> known.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no way of delivery: " + word));
        return new Delivery(
                way,
                Optional.ofNullable(options.get("artifacts.path")),
                Optional.ofNullable(options.get("artifacts.claim")),
                Optional.ofNullable(options.get("artifacts.maven"))
                        .map(URI::create)
                        .orElse(maven),
                Optional.ofNullable(options.get("artifacts.secret")));
    }

    boolean isByState() {
        return way == Way.STATE;
    }

    /** Why pods cannot be given a job this way. */
    Optional<String> refusal(JobSpec spec) {
        if (isByState()) {
            return Optional.empty();
        }
        for (Artifact artifact : artifacts(spec)) {
            if (artifact.digest().isEmpty()) {
                return Optional.of("pods check " + artifact.coordinate()
                        + " by its digest, and it has none: write its lock file");
            }
            Coordinate coordinate = Coordinate.of(artifact.coordinate());
            if (way == Way.INIT_FETCH && coordinate instanceof Coordinate.InTree) {
                return Optional.of("pods cannot fetch " + artifact.coordinate()
                        + " from the job repository: publish it, or use another 'delivery'");
            }
            // What pods are told is for all to read who can look at them.
            boolean isSecret = maven.getRawUserInfo() != null;
            if (way == Way.INIT_FETCH && coordinate instanceof Coordinate.Maven && isSecret) {
                return Optional.of("pods are not told the address of Sluice's own Maven repository,"
                        + " which holds credentials: name one for them in 'artifacts.maven'");
            }
        }
        return Optional.empty();
    }

    /** What a pod loads that the job names: the program first, unless that is Sluice's own. */
    List<Part> parts(JobSpec spec) {
        List<Part> parts = new ArrayList<>();
        for (Artifact artifact : artifacts(spec)) {
            Coordinate coordinate = Coordinate.of(artifact.coordinate());
            String path = path(coordinate);
            parts.add(new Part(
                    artifact.digest().orElseThrow(), name(path), source(coordinate, path)));
        }
        return parts;
    }

    private static List<Artifact> artifacts(JobSpec spec) {
        List<Artifact> artifacts = new ArrayList<>();
        if (spec.program() instanceof Program.Jar jar) {
            artifacts.add(jar.artifact());
        }
        artifacts.addAll(spec.dependencies());
        return artifacts;
    }

    private String source(Coordinate coordinate, String path) {
        String name = name(path);
        return switch (way) {
            case INIT_FETCH ->
                coordinate instanceof Coordinate.Address address
                        ? address.url()
                        : maven.toString().replaceFirst("/+$", "") + "/" + path;
            case IMAGE -> folder.orElse("") + "/" + name;
            case PVC -> MOUNTED + "/" + folder.map(within -> within + "/").orElse("") + name;
            case HOST_PATH, STATE -> MOUNTED + "/" + name;
        };
    }

    private static String name(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? "program.jar" : name;
    }

    /** Where a Maven repository has it; of anything else the end of its name. */
    private static String path(Coordinate coordinate) {
        if (coordinate instanceof Coordinate.Address address) {
            return URI.create(address.url()).getPath();
        }
        if (coordinate instanceof Coordinate.InTree inTree) {
            return inTree.path();
        }
        Coordinate.Maven maven = (Coordinate.Maven) coordinate;
        String[] words = maven.unversioned().split(":");
        String extension = words.length > 2 ? words[2] : "jar";
        String classifier = words.length > 3 ? "-" + words[3] : "";
        return maven.group().replace('.', '/') + "/" + words[1] + "/" + maven.version() + "/"
                + words[1] + "-" + maven.version() + classifier + "." + extension;
    }
}
