package io.searchloop.search.arms;

/**
 * A fixed way to rewrite queries, known by name: the strategies a bandit chooses among, and the
 * baselines of every results table. Implementations are safe for concurrent use.
 */
public interface RewriteArm {

  /** Stable name in logs, metrics and reports, such as {@code spelling}. */
  String name();

  /** The rewrite; the query itself when the arm has nothing to change. */
  String rewrite(String query);
}
