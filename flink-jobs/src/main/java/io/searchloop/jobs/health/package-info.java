/**
 * Watches over releases and promotes them.
 *
 * <pre>
 *   releases --+
 *              +-- PromoteReleases (one instance) --> control
 *   control ---+
 * </pre>
 *
 * <p>{@link io.searchloop.jobs.health.PolicyHealthJob} is the diagram in code. It writes into the
 * log it reads: a proposal counts only once it has come back and the fold calls it effective. One
 * task thread.
 */
@NullMarked
package io.searchloop.jobs.health;

import org.jspecify.annotations.NullMarked;
