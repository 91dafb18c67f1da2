/**
 * Which arm a search is given, when all that is known of the arms is what they earned so far.
 *
 * <pre>
 *   search -- Context, available arms --&gt; ThompsonBandit --&gt; ArmChoice (arm, propensities) --&gt; log
 *                                            ^
 *   base reward minutes later, corrections days later: observe(decision, sequence, reward)
 *
 *   OpenDecisions: what was chosen and paid so far    ContextSums: discounted sums by context and arm
 *   Belief: what the sums say of a mean               BestArm: how probable each arm is the best
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.learning.bandit.ThompsonBandit}, which one thread owns. ADR 0044.
 */
@NullMarked
package io.searchloop.learning.bandit;

import org.jspecify.annotations.NullMarked;
