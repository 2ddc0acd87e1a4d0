// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of the code base that Maven cannot express, checked over the classes and sources of all
 * modules. The test lives in the reconciler because only that module sees every other.
 */
package dev.sluice.house;
