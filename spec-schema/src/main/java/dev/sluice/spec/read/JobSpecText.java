// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.bind.JobBinder;
import dev.sluice.spec.bind.JobWriter;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;

/**
 * The canonical text of a specification: one line of JSON in the shape of an effective {@code job.yaml},
 * keys sorted, built-in defaults left out. {@link #read} gives back an equal specification.
 */
public final class JobSpecText {
    private static final YamlLimits LIMITS = new YamlLimits(40, 1_000_000, 0);

    private JobSpecText() {}

    public static String write(JobSpec spec) {
        return JsonWriter.write(JobWriter.write(spec));
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static JobSpec read(String text) {
        Findings findings = new Findings();
        Optional<JobSpec> spec = new YamlReader(LIMITS)
                .read("canonical text", text, findings)
                .flatMap(root -> bind(root, findings));
        return spec.orElseThrow(() -> new IllegalArgumentException(
                "not the canonical text of a job: " + findings.toList()));
    }

    private static Optional<JobSpec> bind(Node.Mapping root, Findings findings) {
        JobKey key = new JobKey(
                root.text("repository").orElse(""),
                root.text("environment").orElse(""),
                root.text("team").orElse(""),
                root.text("name").orElse(""));
        return JobBinder.bind(key, root, FlinkTarget.Mode.APPLICATION, Set.of(), findings);
    }

    /**
     * The identity of a specification: of its canonical text without the places of its files, so that
     * moving the folder changes nothing; the bytes of a file count by their digest.
     */
    public static Digest digest(JobSpec spec) {
        return Digest.of(write(withoutPlaces(spec)));
    }

    private static JobSpec withoutPlaces(JobSpec spec) {
        return new JobSpec(
                spec.key(),
                spec.ownership(),
                spec.state(),
                spec.flink(),
                program(spec.program()),
                spec.dependencies().stream().map(JobSpecText::placeless).toList(),
                spec.resources(),
                spec.configuration(),
                spec.upgrade(),
                spec.onFailure(),
                spec.schedule(),
                spec.dependsOn(),
                spec.health(),
                spec.links(),
                spec.runtime(),
                spec.lineage());
    }

    private static Program program(Program program) {
        if (program instanceof Program.Sql sql) {
            return new Program.Sql("", sql.text());
        }
        if (program instanceof Program.Jar jar) {
            return new Program.Jar(placeless(jar.artifact()), jar.mainClass(), jar.args());
        }
        Program.Python python = (Program.Python) program;
        return new Program.Python("", python.digest(), python.args());
    }

    private static Artifact placeless(Artifact artifact) {
        boolean inTree = Coordinate.of(artifact.coordinate()) instanceof Coordinate.InTree;
        String name = artifact.digest().map(Digest::hex).orElse(artifact.coordinate());
        return inTree ? new Artifact("sha256/" + name, artifact.digest()) : artifact;
    }
}
