// SPDX-License-Identifier: Apache-2.0

/**
 * The controller's own configuration: one YAML file, read strictly. What a job is does not belong
 * here, it belongs to the job repository.
 */
package dev.sluice.reconcile.config;
