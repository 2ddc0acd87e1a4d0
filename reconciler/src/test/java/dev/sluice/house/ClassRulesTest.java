// SPDX-License-Identifier: Apache-2.0
package dev.sluice.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a class may refer to. Each rule says why it exists when it fails. */
@AnalyzeClasses(
        packages = "dev.sluice",
        importOptions = {DoNotIncludeTests.class, ClassRulesTest.DoNotIncludeTestJars.class})
class ClassRulesTest {
    /** Tests of a module that tests of this one use are in a folder, or in a jar once it is packed. */
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String SPEC = "dev.sluice.spec..";
    private static final String PLAN = "dev.sluice.plan..";
    private static final String DRIVE = "dev.sluice.drive..";
    private static final String WEB = "dev.sluice.web..";
    private static final String RECONCILE = "dev.sluice.reconcile..";

    @ArchTest
    static final ArchRule noClassOfARuntimeIsReferenced = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.hadoop..", "io.fabric8..")
            .because("Flink's classes live in Flink's own processes, one per version");

    @ArchTest
    static final ArchRule everitStaysInsideTheSpec = noClasses()
            .that()
            .resideOutsideOfPackage(SPEC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.everit..", "org.json..")
            .because("the validator is in maintenance mode and must stay replaceable");

    @ArchTest
    static final ArchRule planningHasNoEffectsAndNoClock = noClasses()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.file..", "java.net..")
                    .or(resideInAnyPackage("java.sql..", "org.slf4j.."))
                    .or(name("java.time.Clock"))
                    .or(name("java.util.Random"))
                    .or(name("java.util.UUID"))
                    .or(name("java.util.concurrent.ThreadLocalRandom")))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("a plan is a function of its inputs: the same inputs, the same plan");

    @ArchTest
    static final ArchRule theSpecDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(SPEC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLAN, DRIVE, WEB, RECONCILE);

    @ArchTest
    static final ArchRule theDriversDependOnTheSpecOnly = noClasses()
            .that()
            .resideInAPackage(DRIVE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLAN, WEB, RECONCILE);

    @ArchTest
    static final ArchRule thePageNeverReachesIntoTheReconciler = noClasses()
            .that()
            .resideInAPackage(WEB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RECONCILE, DRIVE);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.sluice.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thereIsOneLoggingInterface =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule yamlIsNeverReadByTheDefaultConstructor = noClasses()
            .should()
            .dependOnClassesThat(name("org.yaml.snakeyaml.Yaml"))
            .because("it applies YAML 1.1 typing and can build objects from tags");

    @ArchTest
    static final ArchRule signaturesAreComparedInConstantTime = noClasses()
            .that()
            .resideInAPackage("dev.sluice.reconcile.webhook..")
            .should()
            .callMethod(String.class, "equals", Object.class)
            .orShould()
            .callMethod(java.util.Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(java.util.Objects.class, "equals", Object.class, Object.class)
            .because("the time of such a comparison tells how much of a guess is right");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name tells the reader nothing");
}
