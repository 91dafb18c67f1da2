/**
 * The whole loop on one machine: command line, embedded launcher, simulated shoppers, datasets,
 * reports and the audit. Depends on every module; nothing depends on it.
 */
@NullMarked
package io.searchloop.app;

import org.jspecify.annotations.NullMarked;
