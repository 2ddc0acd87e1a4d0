// SPDX-License-Identifier: Apache-2.0

/**
 * Who signed a commit, and whether that is somebody whom the controller's own files name. Decides
 * nothing about what follows from it. Runs no program, reads no key ring of the machine or of its
 * users, and believes nothing that a commit says about its own key.
 */
package dev.sluice.reconcile.signing;
