// SPDX-License-Identifier: Apache-2.0

/**
 * What a person sees: turns a view into the values that the templates print.
 *
 * <p>Escaping is the template engine's work and happens everywhere; nothing here builds markup.
 * Ages are relative to the one instant of the request. No HTTP type appears here.
 */
package dev.sluice.web.pages;
