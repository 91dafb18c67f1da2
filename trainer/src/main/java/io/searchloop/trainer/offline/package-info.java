/**
 * Learning from a search engine instead of shoppers (LESER, arXiv 2509.05570): sample rewrites, ask
 * the engine what they find, step, again, until the budget is used. What is learned, and how, are
 * the streaming trainer's own parts.
 *
 * <pre>
 *   queries --QueryOrder--> prompts --RolloutSampler (exported graph)--> answers
 *      --Feedback (EngineFeedback: search, relevance, reward)--> advantages
 *      --loss.UpdateStep--> weights --+--> CurveFile, Validation
 *                                     +--> checkpoint.CheckpointStore, ResumePoint
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.offline.OfflineTrainer}. Thread owner: the thread that
 * trains; feedback alone is asked by several.
 */
@NullMarked
package io.searchloop.trainer.offline;

import org.jspecify.annotations.NullMarked;
