// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.Cluster;
import dev.sluice.spec.bind.Fields;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.rule.ReservedConfiguration.Rule;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.List;
import java.util.Set;

/**
 * What a job on a cluster of kind {@code kubernetes} may ask for: nothing that would be passed over, and
 * nothing by which Flink would read a file of the machine that Sluice runs on.
 */
final class KubernetesRules {
    private static final List<String> DNS =
            List.of("nameservers", "options", "policy", "resolvConf", "searches");
    private static final String RULE = "not-offered";
    private static final String OURS = "remove it; Sluice sets it itself";
    private static final String IMAGE = "name the image below 'images' of the cluster";
    private static final String LABELS = "put the labels into the pod template";
    private static final String UNDECIDED =
            "remove it; the Flink Kubernetes Operator decides nothing about a job of Sluice";
    static final List<Rule> KEYS = List.of(
            new Rule("kubernetes.container.image", IMAGE),
            new Rule("kubernetes.container.image.ref", IMAGE),
            new Rule("kubernetes.pod-template-file*", "use 'kubernetes: {podTemplate: ...}'"),
            new Rule("kubernetes.service-account", "use 'kubernetes: {serviceAccount: ...}'"),
            new Rule("kubernetes.jobmanager.labels", LABELS),
            new Rule("kubernetes.taskmanager.labels", LABELS),
            new Rule("kubernetes.rest-service.exposed.type", OURS),
            new Rule("kubernetes.internal.*", OURS),
            new Rule("kubernetes.operator.*", UNDECIDED),
            new Rule("job.autoscaler.*", UNDECIDED));

    private final Cluster.Kubernetes cluster;
    private final Node.Mapping job;
    private final Fields options;
    private final boolean isShared;
    private final Findings findings;

    KubernetesRules(
            Cluster.Kubernetes cluster, Node.Mapping job, Set<String> told, Findings findings) {
        this.cluster = cluster;
        this.job = job;
        Fields fields = new Fields(job, "", told, findings);
        this.options = fields.below("kubernetes");
        this.isShared = Pointers.find(job, "/flink/mode")
                .filter(Node.Scalar.class::isInstance)
                .filter(mode -> ((Node.Scalar) mode).text().equals("session"))
                .isPresent();
        this.findings = findings;
    }

    void check() {
        options.text("via").filter("operator"::equals).ifPresent(via -> operator());
        options.text("namespace")
                .filter(name -> !name.equals(cluster.namespace()))
                .ifPresent(name -> options.error(
                        RULE,
                        "namespace",
                        "jobs of cluster '" + cluster.name() + "' run in its namespace "
                                + cluster.namespace() + ", found \"" + name + "\"",
                        "declare another cluster for that namespace"));
        options.bool("ingress")
                .filter(wanted -> wanted && cluster.ingress().isEmpty())
                .ifPresent(wanted -> options.error(
                        "missing-field",
                        "ingress",
                        "cluster '" + cluster.name() + "' does not say what its ingresses are like",
                        "add 'ingress: {url: ...}' to the cluster's entry in environment.yaml, or"
                                + " remove 'ingress'"));
        options.bool("ingress")
                .filter(wanted -> wanted && isShared)
                .ifPresent(wanted -> options.error(
                        RULE,
                        "ingress",
                        "no ingress is made to a session cluster",
                        "remove 'ingress'; name an address of yours below 'links'"));
        dns();
        new DeliveryRules(options.below("artifacts")).check();
        ReservedConfiguration.check(job, KEYS, findings);
        hostAliases();
    }

    /** What the Flink Kubernetes Operator cannot be asked for. */
    private void operator() {
        if (isShared) {
            options.error(
                    RULE,
                    "via",
                    "no session job is delivered by the Flink Kubernetes Operator, which would"
                            + " choose its job id",
                    "remove 'via', or set 'flink: {mode: application}'");
        }
        Fields artifacts = options.below("artifacts");
        artifacts
                .text("delivery")
                .filter(way -> !way.equals("state"))
                .ifPresent(way -> artifacts.error(
                        RULE,
                        "delivery",
                        "the Flink Kubernetes Operator starts programs from the state directory"
                                + " only",
                        "remove 'delivery', or 'via'"));
        Fields dns = options.below("dns");
        if (dns.has("resolvConf")) {
            dns.error(
                    RULE,
                    "resolvConf",
                    "no file is brought to pods of the Flink Kubernetes Operator",
                    "use 'nameservers', 'searches' and 'options', or remove 'via'");
        }
    }

    private void dns() {
        Fields dns = options.below("dns");
        dns.names().stream()
                .filter(name -> !DNS.contains(name))
                .forEach(name -> dns.error(
                        "unknown-field",
                        name,
                        "expected one of " + String.join(", ", DNS) + " in 'dns', found '" + name
                                + "'",
                        "correct or remove it"));
        if (dns.has("resolvConf") && dns.names().size() > 1) {
            dns.error(
                    RULE,
                    "resolvConf",
                    "resolvConf is the whole file, and nothing else of 'dns' is in it",
                    "write all into resolvConf, or remove it");
        }
    }

    /** A template is JSON by now, in which no text can hold a quoted name and a colon. */
    private void hostAliases() {
        String pointer = "/kubernetes/podTemplate";
        options.text("podTemplate")
                .filter(template -> template.contains("\"hostAliases\":"))
                .ifPresent(template -> findings.warning(
                        "host-aliases",
                        Pointers.locate(job, pointer),
                        pointer,
                        "hostAliases are part of the pods: each change of them restarts every job"
                                + " with this template",
                        "name the hosts in DNS, and its servers in 'kubernetes: {dns: ...}'"));
    }
}
