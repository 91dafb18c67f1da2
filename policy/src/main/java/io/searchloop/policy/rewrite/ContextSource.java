package io.searchloop.policy.rewrite;

/** Completes a query with what its prompt needs, so that training and serving see the same. */
@FunctionalInterface
public interface ContextSource {
  /** Context of a query; the same for the same query and catalogue. */
  QueryContext of(String query);
}
