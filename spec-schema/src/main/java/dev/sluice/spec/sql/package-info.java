// SPDX-License-Identifier: Apache-2.0

/**
 * SQL scripts: putting variables in without letting them change what a statement is, and which kinds of
 * statements a job may hold.
 *
 * <p>No SQL grammar: the worker of the right Flink version parses. Only quotes, comments and words.
 */
package dev.sluice.spec.sql;
