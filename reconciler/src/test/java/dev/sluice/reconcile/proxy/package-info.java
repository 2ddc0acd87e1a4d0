// SPDX-License-Identifier: Apache-2.0

/** A proxy between a controller and Flink that breaks answers the way networks and servers do. */
package dev.sluice.reconcile.proxy;
