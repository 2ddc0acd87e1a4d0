// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.spec.JobSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every component of every kind of spec, nested ones too: none may change unnoticed. */
class EveryFieldTest {
    @TestFactory
    Stream<DynamicTest> noComponentChangesUnnoticed() {
        return WholeSpecs.ALL.stream()
                .flatMap(spec -> Walk.changes(spec).stream()
                        .filter(change -> !isSameArtifact(change))
                        .map(change -> DynamicTest.dynamicTest(
                                change.path(),
                                () -> assertFalse(noticed(spec, change).isEmpty()))));
    }

    @Test
    void theSpecsHaveEveryComponentThereIs() {
        Set<String> missing = Walk.components(JobSpec.class);
        missing.remove(JobSpec.class.getSimpleName() + ".key");

        WholeSpecs.ALL.stream()
                .flatMap(spec -> Walk.changes(spec).stream())
                .forEach(change -> missing.remove(change.component()));

        assertEquals(Set.of(), missing);
    }

    /** The digest, not the coordinate, is the identity of an artifact that has one. */
    private static boolean isSameArtifact(Walk.Change change) {
        return change.path().equals("spec.program.artifact.coordinate");
    }

    private static List<FieldChange> noticed(JobSpec spec, Walk.Change change) {
        return ChangeClasses.fields(spec, (JobSpec) change.changed());
    }
}
