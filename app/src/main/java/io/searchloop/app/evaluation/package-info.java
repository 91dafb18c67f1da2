/**
 * Does search get better? Ways to search are judged by human judgments, never by the reward that
 * one of them was trained on, and each figure stands beside its difference to the query as typed.
 *
 * <pre>
 *   "typed+spell,policies/a" --Strategies--> Strategy (query --> RewriteChoice --> Lucene)
 *   Dataset --Strata--> queries --Evaluation(Strategy ...)--> EvaluationReport --> table, JSON
 *                                       |
 *                                       +--RunFiles--> TREC run of each
 * </pre>
 *
 * <p>Where nobody judged, clicks of later weeks do: {@link
 * io.searchloop.app.evaluation.ClickComparison} on {@link
 * io.searchloop.app.evaluation.ClickScores}.
 *
 * <p>Entry: {@link io.searchloop.app.evaluation.Evaluation}. Thread owner: the caller.
 */
@NullMarked
package io.searchloop.app.evaluation;

import org.jspecify.annotations.NullMarked;
