/**
 * The console: one page for operators, and the interface behind it.
 *
 * <pre>
 *   browser --RequestGuard, Reception--> ConsoleHandler --> ConsoleApi --+--> LoopView (reads topics)
 *                                                             +--> PolicyDesk --> policy.control.v1
 *                                                             +--> RewardDesk --> learning.reward-config.v1
 *                                                             +--> TraceDesk, ReplayDesk (a process)
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.app.console.ConsoleServer}. Requests run on its threads.
 */
@NullMarked
package io.searchloop.app.console;

import org.jspecify.annotations.NullMarked;
