// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Cluster;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the address and the template of the cluster's entry in the place of {@code ingress: true}, so that
 * the address is known from the commit alone.
 */
final class JobIngress {
    private JobIngress() {}

    static Node.Mapping resolve(Node.Mapping job, JobKey key, Environment environment) {
        Optional<Node.Scalar> wanted = scalar(job, "/kubernetes/ingress")
                .filter(flag -> flag.text().equalsIgnoreCase("true"));
        Optional<Cluster.Kubernetes> cluster = scalar(job, "/flink/cluster")
                .map(name -> environment.clusters().get(name.text()))
                .filter(Cluster.Kubernetes.class::isInstance)
                .map(Cluster.Kubernetes.class::cast);
        if (wanted.isEmpty() || cluster.flatMap(Cluster.Kubernetes::ingress).isEmpty()) {
            return job;
        }
        Cluster.Kubernetes.Ingress ingress = cluster.get().ingress().get();
        String url = filled(ingress.url(), key, cluster.get());
        String template = filled(ingress.template(), key, cluster.get())
                .replace("{host}", URI.create(url).getHost());
        return with(job, url, template, wanted.get().at());
    }

    private static Node.Mapping with(
            Node.Mapping job, String url, String template, SourceLocation at) {
        Node.Mapping ingress = new Node.Mapping(Map.of(), at)
                .with("url", new Node.Entry(at, Node.Scalar.string(url, at)))
                .with("template", new Node.Entry(at, Node.Scalar.string(template, at)));
        Node.Entry kubernetes = job.entries().get("kubernetes");
        Node.Mapping changed =
                ((Node.Mapping) kubernetes.value()).with("ingress", new Node.Entry(at, ingress));
        return job.with("kubernetes", new Node.Entry(kubernetes.key(), changed));
    }

    /** Names of jobs and their parts hold nothing that would have to be quoted. */
    private static String filled(String text, JobKey key, Cluster.Kubernetes cluster) {
        return text.replace("{job}", key.name())
                .replace("{team}", key.team())
                .replace("{environment}", key.environment())
                .replace("{namespace}", cluster.namespace());
    }

    private static Optional<Node.Scalar> scalar(Node.Mapping job, String pointer) {
        return Pointers.find(job, pointer)
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast);
    }
}
