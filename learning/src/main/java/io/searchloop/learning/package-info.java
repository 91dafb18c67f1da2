/**
 * What an outcome was worth, as pure functions without frameworks.
 *
 * <pre>
 *   event       how an action is named, ordered and recognised when it comes twice
 *   reward      outcomes  -> reward of a rollout
 *   credit      clicks    -> reward of each rollout on a multileaved page
 *   propensity  clicks    -> how likely each position is examined
 *   advantage   rewards   -> advantages within a group, and their corrections
 *   preference  rewards   -> pairs of rewrites of which one is better
 *   bandit      rewards   -> which arm a search is given, and how probable that was
 *   counterfactual  logged choices -> what another policy would have earned
 *   oracle      raw log   -> everything the jobs must have emitted
 * </pre>
 *
 * <p>Everything here may be called from any thread; whatever changes belongs to its caller.
 */
@NullMarked
package io.searchloop.learning;

import org.jspecify.annotations.NullMarked;
