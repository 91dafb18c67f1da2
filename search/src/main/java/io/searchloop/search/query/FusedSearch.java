package io.searchloop.search.query;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.merging.FusionWeights;

/**
 * Joins typed query, spelling checker and rewrites in one BM25 query (ADR 0039). A rewrite that
 * only repeats the query leaves typed + spelling checker, the baseline of a learned one. Any
 * thread.
 *
 * @param spelling corrects a query; a spelling arm over the catalogue that is searched
 * @param weights of the parts
 */
public record FusedSearch(RewriteArm spelling, FusionWeights weights) {

  /** A query, corrected, to be joined with rewrites of it. */
  public FusedQuery of(String typed) {
    return new FusedQuery(typed, spelling.rewrite(typed), weights);
  }
}
