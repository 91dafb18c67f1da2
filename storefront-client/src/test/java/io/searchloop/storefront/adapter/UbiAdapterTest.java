package io.searchloop.storefront.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UbiAdapterTest {
  private final EventAdapter adapter = EventFormat.UBI.adapter(0);

  @Test
  void readsAQuery() {
    SearchEvent event =
        only(
            """
            {"application":"primary-search","query_id":"q1","client_id":"c1","user_query":"red mug",
             "query_attributes":{"page":1},"object_id_field":"sku","timestamp":"2026-01-31T12:00:00Z",
             "query_response_id":"r1","query_response_hit_ids":["p1","p2"]}
            """);

    assertThat(event.getActionName()).isEqualTo("query");
    assertThat(event.getUserQuery()).isEqualTo("red mug");
    assertThat(event.getQueryId()).isEqualTo("q1");
    assertThat(event.getPage()).as("what was returned is not what was shown").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "impression, impression",
    "click, click",
    "click_through, click",
    "add_to_cart, add_to_cart",
    "remove_from_cart, remove_from_cart"
  })
  void readsAnEventOnAProduct(String name, String action) {
    SearchEvent event = only(interaction(name));

    assertThat(event.getActionName()).isEqualTo(action);
    assertThat(event.getClientId()).isEqualTo("c1");
    assertThat(event.getSessionId()).isEqualTo("s1");
    assertThat(event.getObjectId()).isEqualTo("42");
    assertThat(event.getPositionOrdinal()).isEqualTo(3);
    assertThat(event.getTimestamp()).isEqualTo(Instant.parse("2026-01-31T11:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"purchase", "refund"})
  void readsAnOrderLineThatTheShopAdded(String action) {
    SearchEvent event =
        only(
            """
            {"action_name":"%s","client_id":"c1","timestamp":"2026-01-31T12:00:00Z",
             "event_attributes":{"object":{"object_id":"p1","object_id_type":"product"},
               "position":{"xy":{"x":1.5,"y":2}},
               "order_id":"o1","order_line":2,"quantity":3,"minor_units":999,"currency":"EUR"}}
            """
                .formatted(action));

    assertThat(event.getOrderId()).isEqualTo("o1");
    assertThat(event.getOrderLine()).isEqualTo(2);
    assertThat(event.getQuantity()).isEqualTo(3);
    assertThat(event.getMinorUnits()).isEqualTo(999);
    assertThat(event.getPositionOrdinal()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"view", "watch", "login"})
  void leavesOutWhatHasNoCounterpart(String name) {
    assertThat(Adapted.only(adapter, interaction(name)))
        .isEqualTo(new Adaptation.LeftOut("action_name '" + name + "'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MISSING_FIELD; action_name; {'client_id':'c','timestamp':'2026-01-31T12:00:00Z'}",
        "INVALID_FIELD; action_name; {'action_name':7,'client_id':'c'}",
        "INVALID_FIELD; event_attributes; {'action_name':'click','event_attributes':'none'}",
        "INVALID_FIELD; event_attributes.position; {'action_name':'click','event_attributes':{'position':3}}",
        "INVALID_FIELD; timestamp; {'action_name':'click','client_id':'c','query_id':'q','timestamp':'2018-11-13T20:20:39','event_attributes':{'object':{'object_id':'p'}}}",
        "MISSING_FIELD; event_attributes.object.object_id; {'action_name':'click','client_id':'c','query_id':'q','timestamp':'2026-01-31T12:00:00Z'}",
        "MISSING_FIELD; event_attributes.order_id; {'action_name':'purchase','client_id':'c','timestamp':'2026-01-31T12:00:00Z','event_attributes':{'object':{'object_id':'p'}}}",
        "INVALID_FIELD; event_attributes.position.ordinal; {'action_name':'click','client_id':'c','query_id':'q','timestamp':'2026-01-31T12:00:00Z','event_attributes':{'object':{'object_id':'p'},'position':{'ordinal':'first'}}}",
        "NO_VISITOR; client_id; {'user_query':'mug','query_id':'q','timestamp':'2026-01-31T12:00:00Z'}"
      })
  void refusesByTheNameTheFieldHasInUbi(DeadLetterReason reason, String field, String event) {
    var fault = Adapted.fault(adapter, event.replace('\'', '"'));

    assertThat(fault.reason()).isEqualTo(reason);
    assertThat(adapter.sourceOf(fault.field())).isEqualTo(field);
  }

  private SearchEvent only(String text) {
    var events = Adapted.events(adapter, text);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static String interaction(String name) {
    return """
        {"application":"shop","action_name":"%s","query_id":"q1","session_id":"s1","client_id":"c1",
         "user_id":"u1","timestamp":"2026-01-31T12:00:00+01:00","message_type":"CLICK","message":"m",
         "event_attributes":{"object":{"object_id":42,"object_id_field":"sku"},
           "position":{"ordinal":3},"browser":"any"}}
        """
        .formatted(name);
  }
}
