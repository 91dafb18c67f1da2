package io.searchloop.storefront.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ga4AdapterTest {
  private static final String ITEMS =
      "'items':[{'item_id':'SKU2','item_name':'Mug','index':1,'price':9.99,'quantity':2},"
          + "{'item_id':'SKU1','index':0,'price':5}]";

  private final EventAdapter adapter = EventFormat.GA4.adapter(0);

  @Test
  void readsTheSearchOfABody() {
    SearchEvent event = only("view_search_results", "'search_term':'red mug','query_id':'q1'");

    assertThat(event.getActionName()).isEqualTo("query");
    assertThat(event.getUserQuery()).isEqualTo("red mug");
    assertThat(event.getClientId()).isEqualTo("GA1.2");
    assertThat(event.getSessionId()).isEqualTo("77");
    assertThat(event.getTimestamp()).isEqualTo(Instant.ofEpochMilli(1_769_860_800_123L));
  }

  @Test
  void readsAListAsAPageInShownOrder() {
    SearchEvent event = only("view_item_list", "'query_id':'q1'," + ITEMS);

    assertThat(event.getActionName()).isEqualTo("impression");
    assertThat(event.getPage()).isEqualTo(List.of("SKU1", "SKU2"));
  }

  @Test
  void readsAClickWithItsPlaceFromOne() {
    SearchEvent event =
        only("select_item", "'query_id':'q1','items':[{'item_id':'SKU2','index':3}]");

    assertThat(event.getActionName()).isEqualTo("click");
    assertThat(event.getPositionOrdinal()).isEqualTo(4);
    assertThat(
            Adapted.events(
                    EventFormat.GA4.adapter(1),
                    body("select_item", "'query_id':'q','items':[{'item_id':'p','index':3}]"))
                .get(0)
                .getPositionOrdinal())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"add_to_cart", "remove_from_cart"})
  void readsCartsItemByItemAlsoWithoutASearch(String name) {
    List<SearchEvent> events = Adapted.events(adapter, body(name, ITEMS));

    assertThat(events).extracting(SearchEvent::getActionName).containsOnly(name);
    assertThat(events).extracting(SearchEvent::getObjectId).containsExactly("SKU2", "SKU1");
    assertThat(events).extracting(SearchEvent::getEventId).doesNotHaveDuplicates();
  }

  @Test
  void readsAnOrderAsOneLineForEachProduct() {
    List<SearchEvent> events =
        Adapted.events(
            adapter,
            body(
                "purchase",
                "'transaction_id':'T1','currency':'EUR',"
                    + ITEMS.replace("]", ",{'item_id':'SKU2','price':1.005,'quantity':1}]")));

    assertThat(events).extracting(SearchEvent::getObjectId).containsExactly("SKU2", "SKU1");
    assertThat(events).extracting(SearchEvent::getQuantity).containsExactly(3, 1);
    assertThat(events).extracting(SearchEvent::getMinorUnits).containsExactly(2099L, 500L);
    assertThat(events).extracting(SearchEvent::getOrderId).containsOnly("T1");
    assertThat(events).extracting(SearchEvent::getOrderLine).doesNotHaveDuplicates();
  }

  @Test
  void aRefundNamesTheLineOfItsPurchase() {
    SearchEvent bought =
        only("purchase", "'transaction_id':'T1','items':[{'item_id':'A'},{'item_id':'B'}]", 1);
    SearchEvent returned = only("refund", "'transaction_id':'T1','items':[{'item_id':'B'}]");

    assertThat(returned.getActionName()).isEqualTo("refund");
    assertThat(returned.getOrderLine()).isEqualTo(bought.getOrderLine());
    assertThat(returned.getQuantity()).isEqualTo(1);
  }

  @Test
  void readsARowOfTheExportAsTheBodyOfTheSameEvent() {
    List<SearchEvent> events =
        Adapted.events(
            adapter,
            json(
                """
                {'event_date':'20260131','event_timestamp':'1769860800123456','event_name':'purchase',
                 'user_pseudo_id':'GA1.2','batch_event_index':'0','event_params':[
                   {'key':'ga_session_id','value':{'string_value':null,'int_value':'77'}},
                   {'key':'currency','value':{'string_value':'JPY'}},
                   {'key':'query_id','value':{'string_value':'q1'}}],
                 'ecommerce':{'transaction_id':'T1','total_item_quantity':'2'},
                 'items':[{'item_id':'SKU1','price':1200.0,'quantity':'2','item_list_index':'(not set)'}]}
                """));

    assertThat(events).hasSize(1);
    SearchEvent event = events.get(0);
    assertThat(event.getSessionId()).isEqualTo("77");
    assertThat(event.getQueryId()).isEqualTo("q1");
    assertThat(event.getMinorUnits()).as("the yen has no minor unit").isEqualTo(2400);
    assertThat(event.getQuantity()).isEqualTo(2);
    assertThat(event.getEventId())
        .isEqualTo(
            only(
                    "purchase",
                    "'transaction_id':'T1','currency':'JPY','items':[{'item_id':'SKU1','price':1200,'quantity':2}]")
                .getEventId());
  }

  @Test
  void readsAClickOfTheExportWithItsPlace() {
    SearchEvent event =
        Adapted.events(
                adapter,
                json(
                    """
                    {'event_timestamp':1769860800123456,'event_name':'select_item','user_pseudo_id':'v',
                     'event_params':[{'key':'query_id','value':{'string_value':'q1'}}],
                     'items':[{'item_id':'SKU1','item_list_index':'2'}]}
                    """))
            .get(0);

    assertThat(event.getPositionOrdinal()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "page_view; ; event 'page_view'",
        "view_item_list; 'items':[{'item_id':'p'}]; view_item_list without `query_id`",
        "select_item; 'items':[{'item_id':'p'}]; select_item without `query_id`",
        "refund; 'transaction_id':'T1'; refund of a whole order, which names no items"
      })
  void leavesOutWhatHasNoCounterpart(String name, String params, String what) {
    assertThat(Adapted.only(adapter, body(name, params == null ? "" : params)))
        .isEqualTo(new Adaptation.LeftOut(what));
  }

  @Test
  void leavesOutRowsOfShoppersWhoDidNotConsent() {
    assertThat(
            Adapted.only(
                adapter,
                json(
                    "{'event_name':'add_to_cart','user_pseudo_id':null,'event_timestamp':1,"
                        + "'items':[{'item_id':'p'}]}")))
        .isEqualTo(new Adaptation.LeftOut("event without `user_pseudo_id`: no consent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MISSING_FIELD; items[0].item_id; add_to_cart; 'items':[{'item_id':'(not set)'}]",
        "MISSING_FIELD; transaction_id; refund; 'transaction_id':'(not set)','items':[{'item_id':'a'}]",
        "MISSING_FIELD; items[1].item_id; add_to_cart; 'items':[{'item_id':'a'},{'item_name':'b'}]",
        "MISSING_FIELD; items; add_to_cart; 'currency':'EUR'",
        "INVALID_FIELD; items; add_to_cart; 'items':{'item_id':'a'}",
        "MISSING_FIELD; transaction_id; purchase; 'items':[{'item_id':'a'}]",
        "MISSING_FIELD; currency; purchase; 'transaction_id':'T','items':[{'item_id':'a','price':1}]",
        "INVALID_FIELD; currency; purchase; 'transaction_id':'T','currency':'euro','items':[{'item_id':'a','price':1}]",
        "INVALID_FIELD; items[0].price; purchase; 'transaction_id':'T','currency':'EUR','items':[{'item_id':'a','price':'cheap'}]",
        "INVALID_FIELD; items[0].price; purchase; 'transaction_id':'T','currency':'EUR','items':[{'item_id':'a','price':1e300}]",
        "INVALID_FIELD; items[0].price; purchase; 'transaction_id':'T','currency':'EUR','items':[{'item_id':'a','price':1e400}]",
        "INVALID_FIELD; items[].quantity; purchase; 'transaction_id':'T','items':[{'item_id':'a','quantity':1.5}]",
        "INVALID_FIELD; items[].quantity; refund; 'transaction_id':'T','items':[{'item_id':'a','quantity':-1}]",
        "INVALID_FIELD; items[].index; select_item; 'query_id':'q','items':[{'item_id':'a','index':-9}]"
      })
  void refusesByTheNameTheFieldHasInGa4(
      DeadLetterReason reason, String field, String name, String params) {
    var fault = Adapted.fault(adapter, body(name, params));

    assertThat(fault.reason()).isEqualTo(reason);
    assertThat(adapter.sourceOf(fault.field())).isEqualTo(field);
  }

  @Test
  void refusesWhatHasNoTimeAndWhatIsNeitherRowNorBody() {
    assertThat(Adapted.fault(adapter, json("{'client_id':'c','events':[{'name':'purchase'}]}")))
        .extracting("field")
        .isEqualTo("timestamp_micros");
    assertThat(Adapted.fault(adapter, "{\"hits\":[]}").reason())
        .isEqualTo(DeadLetterReason.MALFORMED);
    assertThatThrownBy(() -> EventFormat.GA4.adapter(2)).hasMessageContaining("expected 0 or 1");
  }

  private SearchEvent only(String name, String params) {
    return only(name, params, 0);
  }

  private SearchEvent only(String name, String params, int index) {
    return Adapted.events(adapter, body(name, params)).get(index);
  }

  private static String body(String name, String params) {
    return json(
        """
        {'client_id':'GA1.2','timestamp_micros':1769860800123456,'events':[
          {'name':'%s','params':{'session_id':'77'%s}}]}
        """
            .formatted(name, params.isEmpty() ? "" : "," + params));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
