package io.searchloop.app.study.sessions;

import java.util.Locale;

/** What candidate rewrites of a session's last query are measured by. */
enum SessionMeasure {
  /** One over the rank of the successful query among the candidates; 0 without it. */
  MRR("MRR"),
  /** Whether it is among them. */
  HIT_AT_16("HIT@16"),
  /** nDCG@10 of the page of the first candidate, the session's product being all that gains. */
  PRODUCT_NDCG_AT_10("product nDCG@10");

  private final String title;

  SessionMeasure(String title) {
    this.title = title;
  }

  /** Name in tables. */
  String title() {
    return title;
  }

  /** Name in reports. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
