/**
 * Reward configurations as a person edits them, at the command line and in the console.
 *
 * <pre>
 *   texts --RewardChange--> configuration --RewardProposal--> may be appended, or why not
 * </pre>
 *
 * <p>Entries: {@link io.searchloop.app.reward.RewardChange} and {@link
 * io.searchloop.app.reward.RewardProposal}. Pure functions; any thread.
 */
@NullMarked
package io.searchloop.app.reward;

import org.jspecify.annotations.NullMarked;
