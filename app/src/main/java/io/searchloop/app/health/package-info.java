/**
 * What the rules of a canary trial do to many simulated releases.
 *
 * <pre>
 *   {@link io.searchloop.app.health.HealthPlan} --&gt; {@link io.searchloop.app.health.HealthBench}: for each {@link io.searchloop.app.health.Scenario}, many times:
 *       SimulatedVisitor --&gt; CanaryTrial --&gt; verdict after every stratum --&gt; steps, alarm, hold or promotion
 *   --&gt; {@link io.searchloop.app.health.HealthReport}
 * </pre>
 *
 * <p>{@link io.searchloop.app.health.HealthBench} is the entry; it runs on the caller's thread.
 */
@NullMarked
package io.searchloop.app.health;

import org.jspecify.annotations.NullMarked;
