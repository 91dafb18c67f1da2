/**
 * The loop as separate processes, and what befalls them: kills, pauses, restarts, full disks, slow
 * and cut connections, forged releases. {@link io.searchloop.app.chaos.ChaosRun} tells the story;
 * everything else is a part of the machinery that it moves.
 */
@NullMarked
package io.searchloop.app.chaos;

import org.jspecify.annotations.NullMarked;
