/**
 * Somebody else's opinion of what rewrites find: a simulated shopper's, or a language model's
 * behind an OpenAI-compatible endpoint (MiniELM, arXiv 2501.18056).
 *
 * <pre>
 *   query, rewrites --JudgeFeedback (fused search)--> Page --Judge--> Opinion --weights--> reward
 *                                                              |
 *                 SimulatedJudge (relevance + GradedShopper)  or  HttpJudge (JudgePrompt, ChatClient)
 * </pre>
 *
 * Entry: {@link io.searchloop.app.judge.JudgeFeedback}. Asked by several threads at once; owns no
 * thread.
 */
@NullMarked
package io.searchloop.app.judge;

import org.jspecify.annotations.NullMarked;
