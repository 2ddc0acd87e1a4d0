// SPDX-License-Identifier: Apache-2.0
/**
 * Flink on Kubernetes: one Deployment of a JobManager per attempt of a job. Decides which objects are
 * ours, when they are gone, and what pods and events say. Speaks plain HTTP to the API server and holds
 * no class of Flink: the objects themselves are made by a worker of the right Flink version.
 */
package dev.sluice.drive.kubernetes;
