// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A place where jobs of an environment run, as {@code environment.yaml} declares it. */
public sealed interface Cluster {
    ClusterBasics basics();

    default String name() {
        return basics().name();
    }

    /** The word after {@code kind:}. */
    String kind();

    /** The mode of a job that names none. */
    FlinkTarget.Mode defaultMode();

    /** Whether jobs may run in this mode here. */
    boolean offers(FlinkTarget.Mode mode);

    /** Whether this cluster can run a Flink version. */
    boolean runs(String version);

    /**
     * Sluice starts and supervises Flink itself: one session JobManager for each version.
     *
     * @param flinkHomes Flink minor version to a folder; a version without one is assembled from Maven
     * @param isAdaptive whether its JobManagers run Flink's adaptive scheduler, which changes the
     *     parallelism of running jobs
     */
    record Local(ClusterBasics basics, SortedMap<String, String> flinkHomes, boolean isAdaptive)
            implements Cluster {
        public Local {
            requireNonNull(basics, "basics is null");
            flinkHomes = Collections.unmodifiableSortedMap(new TreeMap<>(flinkHomes));
        }

        /** Every version is assembled from Maven, with Flink's usual scheduler. */
        public Local(ClusterBasics basics) {
            this(basics, new TreeMap<>(), false);
        }

        @Override
        public String kind() {
            return "local";
        }

        @Override
        public FlinkTarget.Mode defaultMode() {
            return FlinkTarget.Mode.SESSION;
        }

        /** A job in application mode has a JobManager and a TaskManager of its own. */
        @Override
        public boolean offers(FlinkTarget.Mode mode) {
            return mode != FlinkTarget.Mode.PER_JOB;
        }

        @Override
        public boolean runs(String version) {
            return true;
        }
    }

    /** A Flink cluster that somebody else started, reached over REST. */
    record Standalone(ClusterBasics basics, String url, String version, RestLogin login)
            implements Cluster {
        public Standalone {
            requireNonNull(basics, "basics is null");
            requireNonNull(url, "url is null");
            requireNonNull(version, "version is null");
            requireNonNull(login, "login is null");
        }

        @Override
        public String kind() {
            return "standalone";
        }

        @Override
        public FlinkTarget.Mode defaultMode() {
            return FlinkTarget.Mode.SESSION;
        }

        @Override
        public boolean offers(FlinkTarget.Mode mode) {
            return mode == FlinkTarget.Mode.SESSION;
        }

        @Override
        public boolean runs(String wanted) {
            return version.equals(wanted);
        }
    }

    /**
     * A Hadoop cluster.
     *
     * @param flinkHomes Flink minor version to a folder; a version without one is assembled from Maven
     */
    record Yarn(
            ClusterBasics basics,
            String hadoopConfDir,
            SortedMap<String, String> flinkHomes,
            Optional<Kerberos> kerberos)
            implements Cluster {
        /**
         * As whom Sluice, and every application of its jobs, asks a cluster with Kerberos.
         *
         * @param principal such as {@code sluice@EXAMPLE.COM}
         * @param keytab absolute path of the file with its keys; they stand nowhere else
         * @param krb5Conf absolute path; empty for the machine's own
         */
        public record Kerberos(String principal, String keytab, Optional<String> krb5Conf) {
            public Kerberos {
                requireNonNull(principal, "principal is null");
                requireNonNull(keytab, "keytab is null");
                requireNonNull(krb5Conf, "krb5Conf is null");
            }
        }

        public Yarn {
            requireNonNull(basics, "basics is null");
            requireNonNull(hadoopConfDir, "hadoopConfDir is null");
            flinkHomes = Collections.unmodifiableSortedMap(new TreeMap<>(flinkHomes));
            requireNonNull(kerberos, "kerberos is null");
        }

        @Override
        public String kind() {
            return "yarn";
        }

        @Override
        public FlinkTarget.Mode defaultMode() {
            return FlinkTarget.Mode.APPLICATION;
        }

        /** Per-job mode with versions that have it, see {@code FlinkVersions.hasPerJob}. */
        @Override
        public boolean offers(FlinkTarget.Mode mode) {
            return true;
        }

        @Override
        public boolean runs(String version) {
            return true;
        }
    }

    /**
     * A Kubernetes cluster.
     *
     * @param kubeconfig absent inside the cluster itself
     * @param images Flink minor version to an image; versions without one do not run here
     * @param ingress what leads people to the jobs that want it
     */
    record Kubernetes(
            ClusterBasics basics,
            Optional<String> kubeconfig,
            Optional<String> context,
            String namespace,
            SortedMap<String, String> images,
            Optional<Ingress> ingress)
            implements Cluster {
        /**
         * How people reach Flink's page of a job, with placeholders that each job fills in.
         *
         * @param url what they write into a browser
         * @param template an Ingress as JSON, whatever it leaves out
         */
        public record Ingress(String url, String template) {
            public Ingress {
                requireNonNull(url, "url is null");
                requireNonNull(template, "template is null");
            }
        }

        public Kubernetes {
            requireNonNull(basics, "basics is null");
            requireNonNull(kubeconfig, "kubeconfig is null");
            requireNonNull(context, "context is null");
            requireNonNull(namespace, "namespace is null");
            images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
            requireNonNull(ingress, "ingress is null");
        }

        @Override
        public String kind() {
            return "kubernetes";
        }

        @Override
        public FlinkTarget.Mode defaultMode() {
            return FlinkTarget.Mode.APPLICATION;
        }

        /** Per-job mode never was on Kubernetes. */
        @Override
        public boolean offers(FlinkTarget.Mode mode) {
            return mode != FlinkTarget.Mode.PER_JOB;
        }

        @Override
        public boolean runs(String version) {
            return images.containsKey(version);
        }
    }
}
