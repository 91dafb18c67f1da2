/**
 * Watches over releases: promotes them, or tries them on a share of visitors first.
 *
 * <pre>
 *   releases --+
 *              +-- PromoteReleases (one instance) ----------------------------------> control
 *   control ---+         |
 *                        +-- heads ---------------------------------+
 *   searches --+                                                    |
 *              +-- JoinRewards -- CollectVisitors -- visitors -- JudgeCandidate ---> control
 *   rewards ---+   (by query)     (by visitor)                   (one instance)
 * </pre>
 *
 * <p>The lower half is there for {@code promotion: canary} only.
 *
 * <p>{@link io.searchloop.jobs.health.PolicyHealthJob} is the diagram in code. It writes into the
 * log it reads: a proposal counts only once it has come back and the fold calls it effective. One
 * task thread.
 */
@NullMarked
package io.searchloop.jobs.health;

import org.jspecify.annotations.NullMarked;
