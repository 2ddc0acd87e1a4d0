// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import dev.sluice.spec.rule.Vulnerability;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One Flink version as {@code flink-versions.yaml} describes it.
 *
 * @param minor such as {@code 1.20}
 * @param patch such as {@code 1.20.1}
 * @param java feature versions of Java it runs on with {@code jvmFlags}, best first
 * @param unofficialJava those of them that Flink's own documents do not promise
 * @param configurationFile name of the file Flink reads in its configuration directory
 * @param olderKeys configuration keys that a later version renamed: newest name to the name here
 * @param takesRunConfiguration {@code POST /jars/:id/run} takes {@code flinkConfiguration}
 * @param jvmFlags what Flink needs of Java 9 and later
 * @param vulnerabilities published weaknesses of this patch release
 * @param artifacts every jar of a home
 */
public record FlinkRelease(
        String minor,
        String patch,
        List<Integer> java,
        List<Integer> unofficialJava,
        String configurationFile,
        SortedMap<String, String> olderKeys,
        boolean takesRunConfiguration,
        List<String> jvmFlags,
        List<Vulnerability> vulnerabilities,
        List<LockedArtifact> artifacts) {
    public FlinkRelease {
        requireNonNull(minor, "minor is null");
        requireNonNull(patch, "patch is null");
        java = List.copyOf(java);
        unofficialJava = List.copyOf(unofficialJava);
        requireNonNull(configurationFile, "configurationFile is null");
        olderKeys = Collections.unmodifiableSortedMap(new TreeMap<>(olderKeys));
        jvmFlags = List.copyOf(jvmFlags);
        vulnerabilities = List.copyOf(vulnerabilities);
        artifacts = List.copyOf(artifacts);
    }

    /** The name by which this version knows a configuration key of the newest version. */
    public String key(String newest) {
        return olderKeys.getOrDefault(newest, newest);
    }

    FlinkRelease with(List<LockedArtifact> jars) {
        return new FlinkRelease(
                minor,
                patch,
                java,
                unofficialJava,
                configurationFile,
                olderKeys,
                takesRunConfiguration,
                jvmFlags,
                vulnerabilities,
                jars);
    }

    /** The lock as text: the same text means the same jars. */
    String lock() {
        return artifacts.stream()
                .map(LockedArtifact::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Folder name of the home: a changed list of jars is another home. */
    public String folder() {
        return patch + "-" + Digest.of(lock()).brief();
    }
}
