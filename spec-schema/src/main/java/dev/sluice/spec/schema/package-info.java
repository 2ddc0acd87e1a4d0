// SPDX-License-Identifier: Apache-2.0

/**
 * The published JSON Schemas (draft-07) and the check of a document against them.
 *
 * <p>The only package that sees everit or org.json. Opens no address: the schemas are resources.
 */
package dev.sluice.spec.schema;
