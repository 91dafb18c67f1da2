package io.searchloop.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.event.EventReader.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final ObjectMapper json = new ObjectMapper();
  private final EventReader reader = new EventReader();

  @Test
  void readsEveryFieldOfAPurchase() throws Exception {
    Outcome.Accepted accepted =
        accepted(
            """
            {"event_id":"e1","client_id":"c","session_id":"s","action_name":"purchase",
             "timestamp":"2026-01-31T12:00:00+01:00","object_id":"p1","order_id":"o1",
             "order_line":2,"quantity":3,"minor_units":1999,"currency":"EUR"}
            """);

    assertThat(accepted.visitorKey()).isEqualTo("c");
    assertThat(accepted.event().getTimestamp()).isEqualTo(Instant.parse("2026-01-31T11:00:00Z"));
    assertThat(accepted.event().getOrderLine()).isEqualTo(2);
    assertThat(accepted.event().getQuantity()).isEqualTo(3);
    assertThat(accepted.event().getMinorUnits()).isEqualTo(1999);
    assertThat(accepted.event().getCurrency()).isEqualTo("EUR");
  }

  @Test
  void readsAPageImpression() throws Exception {
    Outcome.Accepted accepted =
        accepted(
            """
            {"query_id":"q","session_id":"s","action_name":"impression","timestamp":5,
             "page":["p2","p1"]}
            """);

    assertThat(accepted.visitorKey()).isEqualTo("s");
    assertThat(accepted.event().getPage()).isEqualTo(List.of("p2", "p1"));
    assertThat(accepted.event().getTimestamp()).isEqualTo(Instant.ofEpochMilli(5));
  }

  @ParameterizedTest
  @CsvSource({"sorted", "filtered", "''"})
  void readsHowTheShopperRearrangedThePage(String view) throws Exception {
    Outcome.Accepted accepted =
        accepted(
            """
            {"query_id":"q","client_id":"c","action_name":"impression","timestamp":5,
             "page":["p2","p1"],"view":"%s"}
            """
                .formatted(view));

    assertThat(accepted.event().getView()).isEqualTo(view);
  }

  @Test
  void acceptsThePageOfASearchThatFoundNothing() throws Exception {
    Outcome.Accepted accepted =
        accepted(
            """
            {"query_id":"q","client_id":"c","action_name":"impression","timestamp":5,"page":[]}
            """);

    assertThat(accepted.event().getPage()).isEmpty();
  }

  @Test
  void readsThePositionAsUbiNestsIt() throws Exception {
    Outcome.Accepted accepted =
        accepted(
            """
            {"query_id":"q","client_id":"c","action_name":"click","timestamp":5,
             "object_id":"p","position":{"ordinal":4}}
            """);

    assertThat(accepted.event().getPositionOrdinal()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MALFORMED; 7; JSON object",
        "MISSING_FIELD; {'client_id':'c','timestamp':5}; `action_name`",
        "MISSING_FIELD; {'client_id':'c','query_id':'q','action_name':'query'}; `timestamp`",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'query','timestamp':'now'}; ISO-8601",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'query','timestamp':0}; `timestamp`",
        "UNKNOWN_ACTION; {'client_id':'c','timestamp':5,'action_name':'stare'}; add_to_cart",
        "NO_VISITOR; {'query_id':'q','timestamp':5,'action_name':'query'}; `client_id`",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'query','timestamp':5,'obiect_id':'p'}; `obiect_id`",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'query','timestamp':'now'}; is the text 'now', expected",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'impression','timestamp':5,'page':['p',3]}; `page[1]` is the number 3, expected a text",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'impression','timestamp':5,'page':'p'}; `page` is the text 'p', expected a list of texts",
        "INVALID_FIELD; {'client_id':7,'query_id':'q','action_name':'query','timestamp':5}; `client_id`",
        "MISSING_FIELD; {'client_id':'c','query_id':'q','action_name':'click','timestamp':5}; `object_id`",
        "MISSING_FIELD; {'client_id':'c','action_name':'click','timestamp':5,'object_id':'p'}; `query_id`",
        "MISSING_FIELD; {'client_id':'c','query_id':'q','action_name':'impression','timestamp':5,'object_id':'p'}; `position_ordinal`",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'impression','timestamp':5,'page':['p'],'view':7}; `view`",
        "MISSING_FIELD; {'client_id':'c','action_name':'purchase','timestamp':5,'object_id':'p'}; `order_id`",
        "MISSING_FIELD; {'client_id':'c','action_name':'purchase','timestamp':5,'object_id':'p','order_id':'o','order_line':1,'quantity':1,'minor_units':5}; ISO 4217",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'click','timestamp':5,'object_id':'p','position_ordinal':1,'position':{'ordinal':2}}; one position",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'click','timestamp':5,'object_id':'p','position_ordinal':-1}; `position_ordinal`",
        "MISSING_FIELD; {'client_id':'c','query_id':'q','action_name':'impression','timestamp':5}; `page`",
        "MISSING_FIELD; {'client_id':'c','action_name':'refund','timestamp':5,'object_id':'p','order_id':'o','order_line':1}; `quantity`",
        "INVALID_FIELD; {'client_id':'c','action_name':'purchase','timestamp':5,'object_id':'p','order_id':'o','order_line':1,'quantity':-2}; `quantity`",
        "INVALID_FIELD; {'client_id':'c','action_name':'purchase','timestamp':5,'object_id':'p','order_id':'o','order_line':1,'quantity':1,'minor_units':-5,'currency':'EUR'}; `minor_units`",
        "INVALID_FIELD; {'client_id':'c','action_name':'purchase','timestamp':5,'object_id':'p','order_id':'o','order_line':1,'quantity':1,'minor_units':5,'currency':'euro'}; 'euro'",
        "FUTURE; {'client_id':'c','query_id':'q','action_name':'query','timestamp':'2026-06-01T01:00:01Z'}; PT1H",
        "FUTURE; {'client_id':'c','query_id':'q','action_name':'query','timestamp':'+999999999-01-01T00:00:00Z'}; PT1H",
        "INVALID_FIELD; {'client_id':'c','query_id':'q','action_name':'query','timestamp':'1969-12-31T23:59:59Z'}; after 1970"
      })
  void refusesWithTheReasonAndTheField(DeadLetterReason reason, String event, String named)
      throws Exception {
    Outcome outcome = reader.read(json.readTree(event.replace('\'', '"')), NOW);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.detail()).contains(named);
            });
  }

  @Test
  void refusesAnEventThatWouldNotFitARecord() throws Exception {
    String event = "{\"user_query\":\"" + "x".repeat(EventReader.MAX_BYTES) + "\"}";

    assertThat(reader.read(json.readTree(event), NOW))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(DeadLetterReason.OVERSIZED));
  }

  private Outcome.Accepted accepted(String event) throws Exception {
    Outcome outcome = reader.read(json.readTree(event), NOW);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return (Outcome.Accepted) outcome;
  }
}
