/**
 * Where the first policy comes from: supervised learning of (source, target) pairs mined from a
 * shop's own texts. It is release zero and, frozen, the anchor of every later step.
 *
 * <pre>
 *   WarmStartText --PairMiner (NoiseChannel)--> (source, target) --SupervisedWarmStart--> WarmStart
 *                                                                        |  ^
 *                                                             WarmStartDirectory (cache)
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.warmstart.SupervisedWarmStart}. Runs on the caller's thread,
 * which then owns the network.
 */
@NullMarked
package io.searchloop.trainer.warmstart;

import org.jspecify.annotations.NullMarked;
