package io.searchloop.app.evaluation;

import java.util.Locale;

/**
 * What is measured of one query, and which queries can tell. Gains are those of the dataset's
 * scale; unjudged products gain nothing, but in condensed nDCG, which leaves them out.
 */
public enum Metric {
  /** nDCG of the first ten. */
  NDCG_AT_10(Judged.WITH_GAIN, "nDCG@10"),
  /** nDCG of the first hundred. */
  NDCG_AT_100(Judged.WITH_GAIN, "nDCG@100"),
  /** nDCG of the first ten judged products among the first hundred. */
  CONDENSED_NDCG_AT_10(Judged.WITH_GAIN, "condensed nDCG@10"),
  /** Share of the relevant products among the first hundred. */
  RECALL_AT_100(Judged.WITH_RELEVANT, "recall@100"),
  /** One over the rank of the first relevant product. */
  RECIPROCAL_RANK(Judged.WITH_RELEVANT, "MRR"),
  /** Relevant products among the first hundred (RLQR's coverage for one rewrite). */
  COVERAGE(Judged.WITH_RELEVANT, "coverage"),
  /** R: mean gain of the first ten, as a share of the best gain. */
  RELEVANCE(Judged.WITH_GAIN, "relevance@10"),
  /**
   * (|S(Y) with S(q)| - |S(q)|) / |S(q)| over all that is found, LESER; at least one is assumed.
   */
  RETRIEVAL_GAIN(Judged.ANY, "retrieval gain"),
  /** One when nothing is found. */
  NULL_RATE(Judged.ANY, "null rate");

  /** Which queries a metric is a mean of. */
  enum Judged {
    /** All of them. */
    ANY,
    /** Those with a product that gains. */
    WITH_GAIN,
    /** Those with a product that recall counts. */
    WITH_RELEVANT
  }

  private final Judged judged;
  private final String title;

  Metric(Judged judged, String title) {
    this.judged = judged;
    this.title = title;
  }

  /** Which queries it is a mean of. */
  Judged judged() {
    return judged;
  }

  /** Name in tables. */
  public String title() {
    return title;
  }

  /** Name in reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
