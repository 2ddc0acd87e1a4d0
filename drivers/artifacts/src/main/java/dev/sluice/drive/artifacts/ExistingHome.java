// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.spec.rule.Vulnerability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with Flink that somebody else put there: Apache's archive, a vendor's parcel, a package. Only
 * its jars are used; {@code bin} and {@code conf} may be absent, because Sluice writes the configuration
 * of the clusters it starts.
 */
public final class ExistingHome {
    /** Where jars lie: Apache's archive, Cloudera's parcel, a parcel's share, Homebrew, the folder itself. */
    private static final List<String> LAYOUTS =
            List.of("lib", "lib/flink/lib", "share/flink/lib", "libexec/lib", "flink/lib", "");

    /** The jar that has the release in its name; a vendor may add to it (1.20.1-csa1.15.0.0). */
    private static final Pattern CORE = Pattern.compile(
            "flink-(?:dist|runtime)(?:_2\\.1[12])?-(\\d+\\.\\d+\\.\\d+)([-.].*)?\\.jar");

    private static final String CURE = "unpack a complete Flink there, or name another folder";

    private final Path root;
    private final FlinkRelease release;
    private final List<HomeFinding> findings = new ArrayList<>();

    private ExistingHome(Path root, FlinkRelease release) {
        this.root = root;
        this.release = release;
    }

    /** Looks at a folder that is declared to hold a version; reads names only, no jar. */
    public static HomeInspection inspect(Path root, FlinkRelease release) {
        return new ExistingHome(root, release).inspect();
    }

    private HomeInspection inspect() {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return result(Optional.empty(), Optional.empty());
        }
        Optional<Path> lib = LAYOUTS.stream()
                .map(layout -> folder.get().resolve(layout).normalize())
                .filter(candidate -> !cores(candidate).isEmpty())
                .findFirst();
        if (lib.isEmpty()) {
            error("no flink-dist-*.jar below " + root + ", looked in " + LAYOUTS.subList(0, 5));
            return result(Optional.empty(), Optional.empty());
        }
        String patch = version(lib.get());
        parts(lib.get());
        return result(lib, Optional.of(patch));
    }

    /** The folder without links, so that a link that is turned later changes no running cluster. */
    private Optional<Path> folder() {
        try {
            Path real = root.toRealPath();
            if (Files.isDirectory(real) && Files.isReadable(real)) {
                return Optional.of(real);
            }
            error(root + (Files.isDirectory(real) ? " cannot be read" : " is no folder"));
        } catch (IOException e) {
            boolean isLink = Files.isSymbolicLink(root);
            error(isLink ? root + " is a link to nowhere" : "there is no folder " + root);
        }
        return Optional.empty();
    }

    private String version(Path lib) {
        List<String> cores = cores(lib);
        List<String> releases =
                cores.stream().map(ExistingHome::patch).distinct().toList();
        if (releases.size() > 1) {
            error("more than one Flink in " + lib + ": " + String.join(", ", cores));
        }
        String patch = releases.get(0);
        if (!patch.startsWith(release.minor() + ".")) {
            findings.add(HomeFinding.error(
                    root + " is Flink " + patch + ", and flinkHomes says \"" + release.minor()
                            + "\"",
                    "correct the version or the folder"));
        }
        for (Vulnerability known : release.vulnerabilities()) {
            if (known.affects(patch)) {
                findings.add(HomeFinding.warning(
                        "Flink " + patch + " has " + known.id() + ": " + known.summary(),
                        known.fixFor(patch)
                                .map(fix -> "unpack " + fix + " or later")
                                .orElse("there is no fix for " + release.minor())));
            }
        }
        return patch;
    }

    private void parts(Path lib) {
        List<String> jars = jars(lib);
        if (has(jars, "flink-runtime") && !has(jars, "flink-dist")) {
            need(jars, "flink-runtime-web", "no web interface, over which jobs are started");
            need(jars, "flink-clients", "no client, with which the JobManager runs programs");
        }
        need(jars, "flink-table-planner", "no SQL planner");
        need(jars, "flink-table-runtime", "no SQL runtime");
        need(jars, "flink-table-api-java", "no table interface");
        if (!has(jars, "log4j-slf4j") && !has(jars, "logback-classic")) {
            findings.add(HomeFinding.warning(
                    "no logging in " + lib, "add log4j-slf4j-impl, log4j-core and log4j-api"));
        }
    }

    private void need(List<String> jars, String name, String without) {
        if (!has(jars, name)) {
            error(without + " in " + root + ": " + name + "-*.jar is missing");
        }
    }

    private static boolean has(List<String> jars, String name) {
        return jars.stream().anyMatch(jar -> jar.startsWith(name));
    }

    private static List<String> cores(Path lib) {
        return jars(lib).stream().filter(jar -> CORE.matcher(jar).matches()).toList();
    }

    private static String patch(String jar) {
        Matcher matcher = CORE.matcher(jar);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a jar with a release: " + jar);
        }
        return matcher.group(1);
    }

    /** Names of the jars that can be read; a link to nowhere is none. */
    private static List<String> jars(Path lib) {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(Files::isReadable)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void error(String text) {
        findings.add(HomeFinding.error(text, CURE));
    }

    private HomeInspection result(Optional<Path> lib, Optional<String> patch) {
        findings.sort(Comparator.comparing(finding -> !finding.isError()));
        boolean isUsable = findings.stream().noneMatch(HomeFinding::isError);
        Optional<FlinkHome> home =
                lib.filter(found -> isUsable).map(found -> new FlinkHome(release, root, found));
        return new HomeInspection(home, patch, findings);
    }
}
