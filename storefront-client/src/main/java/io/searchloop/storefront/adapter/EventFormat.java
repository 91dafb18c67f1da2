package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The formats that events can come in. */
public enum EventFormat {
  /** One event an object, as {@code /v1/events} takes it. */
  JSONL,
  /** User Behavior Insights 1.3: its queries and its events. */
  UBI,
  /** Google Analytics 4: rows of the BigQuery export, or bodies of the Measurement Protocol. */
  GA4;

  /**
   * The adapter of this format.
   *
   * @param firstIndex index that the shop gives to the first item of a list in GA4, 0 or 1
   * @throws IllegalArgumentException for another first index
   */
  public EventAdapter adapter(int firstIndex) {
    return switch (this) {
      case JSONL -> new Unchanged();
      case UBI -> new UbiAdapter();
      case GA4 -> new Ga4Adapter(firstIndex);
    };
  }

  private record Unchanged() implements EventAdapter {
    @Override
    public List<Adaptation> adapt(ObjectNode source) {
      return List.of(new Adaptation.Mapped(List.of(source)));
    }

    @Override
    public String sourceOf(String field) {
      return field;
    }
  }
}
