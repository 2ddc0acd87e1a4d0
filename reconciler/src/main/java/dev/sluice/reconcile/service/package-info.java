// SPDX-License-Identifier: Apache-2.0

/**
 * A controller with everything around it: journal, git, drivers, page. The one place that puts real
 * parts together.
 */
package dev.sluice.reconcile.service;
