/**
 * Does a bandit over strategy arms earn more than any one of them, and can its log tell what a
 * policy is worth that never ran? Simulated shoppers, real catalogue, real queries, real arms.
 *
 * <pre>
 *   Dataset -- ArmTable: the page of every arm for every query, and its expected reward
 *   Traffic (who searches what, when) -- BanditRun (ArmPolicy chooses, visitors react,
 *       Attribution pays, late and twice) --&gt; Course --&gt; Figures, charts
 *   Course -- CounterfactualCheck (IPS, SNIPS, DR against the target deployed) --&gt; coverage
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.app.study.bandit.BanditStudy}. Runs on the caller's thread.
 */
@NullMarked
package io.searchloop.app.study.bandit;

import org.jspecify.annotations.NullMarked;
