// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.layer.FlatConfiguration;
import dev.sluice.spec.layer.Layer;
import dev.sluice.spec.layer.LayerMerge;
import dev.sluice.spec.layer.Merged;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.Substitution;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layers of one job, weakest first. */
final class JobLayers {
    private final Shared shared;
    private final Optional<TeamFile> team;
    private final JobDocument document;
    private final Scope scope;
    private final Findings findings;

    JobLayers(
            Shared shared,
            Optional<TeamFile> team,
            JobDocument document,
            Scope scope,
            Findings findings) {
        this.shared = shared;
        this.team = team;
        this.document = document;
        this.scope = scope;
        this.findings = findings;
    }

    Merged merge() {
        Node.Mapping own = FlatConfiguration.flatten(document.own(), findings);
        Node.Mapping overlay = FlatConfiguration.flatten(document.overlay(), findings);
        List<Layer> stronger = new ArrayList<>();
        stronger.add(new Layer(Layer.Level.ENVIRONMENT, shared.environmentLinks()));
        stronger.add(new Layer(Layer.Level.ENVIRONMENT, shared.environmentDefaults()));
        team.ifPresent(file -> stronger.add(new Layer(Layer.Level.TEAM, file.defaults())));
        stronger.add(new Layer(Layer.Level.JOB, own));
        stronger.add(new Layer(Layer.Level.OVERLAY, overlay));
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(Layer.Level.REPOSITORY, shared.defaults()));
        layers.addAll(stronger);
        if (!shared.flinkDefaults().isEmpty()) {
            flinkDefaults(layers)
                    .ifPresent(
                            fields -> layers.add(1, new Layer(Layer.Level.FLINK_VERSION, fields)));
        }
        return LayerMerge.merge(layers);
    }

    /** Defaults of the version that the other layers choose. */
    private Optional<Node.Mapping> flinkDefaults(List<Layer> layers) {
        String pointer = "/flink/version";
        return Pointers.find(LayerMerge.merge(layers).fields(), pointer)
                .filter(Node.Scalar.class::isInstance)
                .flatMap(node ->
                        new Substitution(scope, new Findings()).text((Node.Scalar) node, pointer))
                .map(shared.flinkDefaults()::get);
    }
}
