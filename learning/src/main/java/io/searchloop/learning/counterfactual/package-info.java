/**
 * What a policy would have earned that never ran, from the log of one that did.
 *
 * <pre>
 *   LoggedChoice ... -- OffPolicyEstimator --&gt; PolicyValue (value, interval, effective sample size)
 *                             |
 *                             +-- Estimator: IPS, SNIPS, DR     CrossFittedOutcomes: rewards predicted by other visitors
 *                             +-- VisitorSums: bootstrap by visitor
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.learning.counterfactual.OffPolicyEstimator}. Immutable values and
 * pure functions; any thread. ADR 0044.
 */
@NullMarked
package io.searchloop.learning.counterfactual;

import org.jspecify.annotations.NullMarked;
