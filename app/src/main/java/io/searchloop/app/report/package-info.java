/**
 * What each arm earned, and what the loop tells about itself on the terminal and in its report.
 * Entry: {@link io.searchloop.app.report.ArmBoard}. Reads the reward topic like anybody else could.
 */
@NullMarked
package io.searchloop.app.report;

import org.jspecify.annotations.NullMarked;
