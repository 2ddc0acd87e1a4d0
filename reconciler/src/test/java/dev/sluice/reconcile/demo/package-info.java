// SPDX-License-Identifier: Apache-2.0

/** The demo on real Flink, with controllers that die in the middle. */
package dev.sluice.reconcile.demo;
