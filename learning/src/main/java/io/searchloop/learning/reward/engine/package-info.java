/**
 * Prices rewrites by what a search engine finds for them, without any shopper.
 *
 * <pre>
 *   lists of the rewrites and of identity, f(q,d)          RewardConfig (weights)
 *        |                                                       |
 *   EngineGroup --> EngineTerm, EngineTerm, ... --> RewardModel --> Addends of each rewrite, and of identity
 * </pre>
 *
 * <p>Notation: q query; y rewrite; S(y) products retrieved for y, best first, down to a depth that
 * the caller chose; S_k(y) the first k of them; f(q,d) in [0,1] relevance. {@link
 * io.searchloop.learning.reward.engine.EngineReward} is the entry. Pure functions over immutable
 * values: any thread.
 */
@NullMarked
package io.searchloop.learning.reward.engine;

import org.jspecify.annotations.NullMarked;
