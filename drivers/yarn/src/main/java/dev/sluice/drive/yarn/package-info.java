// SPDX-License-Identifier: Apache-2.0

/**
 * Hadoop YARN: each job is a Flink application of its own, or goes to a session cluster.
 *
 * <p>Decides under which application id an attempt may run, once and for ever, and what the states of
 * YARN mean for a job. Asks the ResourceManager and HDFS over HTTP and the JobManagers directly; what
 * needs a class of Flink or Hadoop a worker does. No variable of the controller's environment counts.
 */
package dev.sluice.drive.yarn;
