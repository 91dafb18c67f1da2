/**
 * Cheap rewrites that need no training: what a learned policy must beat, and what it falls back to.
 *
 * <pre>
 *   query --> RewriteArm --> rewrite --> FusedSearch, or alone --> SearchQuery
 *   query --> SynonymArm --> BooleanForm; query --> RelevanceFeedbackArm --> TermWeights
 * </pre>
 *
 * <p>{@link io.searchloop.search.arms.RewriteArm} is the entry. Arms own no thread and are safe to
 * share between callers.
 */
@NullMarked
package io.searchloop.search.arms;

import org.jspecify.annotations.NullMarked;
