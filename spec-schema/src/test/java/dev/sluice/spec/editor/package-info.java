// SPDX-License-Identifier: Apache-2.0

/**
 * What a person sees in an editor: the real yaml-language-server, spoken to as an editor does, with the
 * published schemas. Knows the protocol, and nothing of the reader.
 */
package dev.sluice.spec.editor;
