/**
 * How well a product fits a query, learned from human judgments of train queries.
 *
 * <pre>
 *   judgments --RelevanceTrainer(Feature rows, LightGBM)--> SavedRelevance (a file)
 *   SavedRelevance + catalogue --LearnedRelevance--> f(q,d)
 *   any search, f --Reranker--> the same hits in a better order
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.app.relevance.RelevanceTrainer} to make a model, {@link
 * io.searchloop.app.relevance.LearnedRelevance} to use one. Native trees belong to who opened them.
 * Thread owner: the caller.
 */
@NullMarked
package io.searchloop.app.relevance;

import org.jspecify.annotations.NullMarked;
