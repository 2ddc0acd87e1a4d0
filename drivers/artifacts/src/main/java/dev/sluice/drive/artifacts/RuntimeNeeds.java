// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.aether.collection.DependencyCollectionContext;
import org.eclipse.aether.collection.DependencySelector;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;

/**
 * Follows what is needed to run: no tests, nothing provided by the surroundings, nothing optional, and
 * nothing that the job or a pom on the way excludes.
 */
final class RuntimeNeeds implements DependencySelector {
    private static final Set<String> SCOPES = Set.of("", "compile", "runtime");

    private final Predicate<String> isUnwanted;
    private final List<Exclusion> exclusions;

    RuntimeNeeds(Predicate<String> isUnwanted) {
        this(isUnwanted, List.of());
    }

    private RuntimeNeeds(Predicate<String> isUnwanted, List<Exclusion> exclusions) {
        this.isUnwanted = isUnwanted;
        this.exclusions = exclusions;
    }

    @Override
    public boolean selectDependency(Dependency dependency) {
        String group = dependency.getArtifact().getGroupId();
        String name = dependency.getArtifact().getArtifactId();
        return SCOPES.contains(dependency.getScope())
                && !dependency.isOptional()
                && !isUnwanted.test(group + ":" + name)
                && exclusions.stream().noneMatch(exclusion -> matches(exclusion, group, name));
    }

    @Override
    public DependencySelector deriveChildSelector(DependencyCollectionContext context) {
        Optional<Dependency> parent = Optional.ofNullable(context.getDependency());
        Collection<Exclusion> more = parent.map(Dependency::getExclusions).orElse(List.of());
        return more.isEmpty()
                ? this
                : new RuntimeNeeds(
                        isUnwanted,
                        Stream.concat(exclusions.stream(), more.stream()).toList());
    }

    private static boolean matches(Exclusion exclusion, String group, String name) {
        return (exclusion.getGroupId().equals("*") || exclusion.getGroupId().equals(group))
                && (exclusion.getArtifactId().equals("*")
                        || exclusion.getArtifactId().equals(name));
    }
}
