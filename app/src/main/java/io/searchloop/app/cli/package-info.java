/**
 * The command line: nouns and verbs over the loop. Entry: {@link io.searchloop.app.cli.Main}. Only
 * this package reads the system clock and the command's arguments.
 */
@NullMarked
package io.searchloop.app.cli;

import org.jspecify.annotations.NullMarked;
