/**
 * Decides what to search for instead of what was typed, and states how it was decided, so that
 * learning can be fair to every alternative.
 *
 * <pre>
 *   visitor --hash--> arm: identity (holdout) | reference | policy
 *   policy visitor --hash--> arm: policy | canary, the share of the release on trial
 *   policy request --draw--> mode: assigned     N rollouts, one drawn uniformly
 *                                  multileaved  N rollouts for one page
 *                                  engine-only  no rewrite; N rollouts once the reply is sent
 *   release in shadow: N rollouts of it for a share of assigned requests, once the reply is sent
 *   a rule of the shop pins the query, or wants it as typed --&gt; no arm, nothing sampled
 *   a rule refuses the drawn rollout --&gt; the query as typed, the rollout is logged and never trained on
 *   no policy, too late, session failed --> identity, arm `fallback`, counted by reason
 * </pre>
 *
 * <p>{@link io.searchloop.streams.decision.Decider} is the entry; it runs on request threads and
 * never waits for anything but the session. {@link
 * io.searchloop.streams.decision.EngineOnlySampler} samples on a thread of its own.
 */
@NullMarked
package io.searchloop.streams.decision;

import org.jspecify.annotations.NullMarked;
