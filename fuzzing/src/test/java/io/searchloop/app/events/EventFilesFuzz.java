package io.searchloop.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.storefront.adapter.EventFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of events; the first byte chooses the format. No line stops those after it. */
class EventFilesFuzz {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final EventFormat[] FORMATS = EventFormat.values();

  static Stream<byte[]> seeds() {
    return Stream.of(
            "\0{'action_name':'click','query_id':'q','client_id':'me','object_id':'p','position_ordinal':1,'timestamp':'2026-01-02T03:00:00Z'}\n"
                + "{}",
            "\1{'action_name':'click_through','query_id':'q','client_id':'me','timestamp':'2026-01-02T03:00:00Z','event_attributes':{'object':{'object_id':7},'position':{'ordinal':1},'order_id':'o','quantity':1}}\n"
                + "{'user_query':'sofa','query_id':'q','client_id':'me','timestamp':1767322800000}",
            "\2{'event_name':'purchase','user_pseudo_id':'me','event_timestamp':'1767322800000000','event_params':[{'key':'query_id','value':{'string_value':'q'}},{'key':'currency','value':{'string_value':'EUR'}},{'key':'ga_session_id','value':{'int_value':1}}],'ecommerce':{'transaction_id':'o'},'items':[{'item_id':'p','quantity':2,'price':19.99,'index':1}]}",
            "\2{'client_id':'me','timestamp_micros':1767322800000000,'events':[{'name':'view_item_list','params':{'query_id':'q','session_id':'s','items':[{'item_id':'p','index':0}]}},{'name':'select_item','params':{'query_id':'q','items':[{'item_id':'p','index':'0'}]}},{'name':'add_to_cart','params':{'items':[{'item_id':'p','price':'1.5'}]}},{'name':'search','params':{'search_term':'sofa'}}]}")
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void checks(byte[] input) throws Exception {
    if (input.length > 0) {
      Bounds.within(input.length, () -> check(input));
    }
  }

  private static void check(byte[] input) throws IOException {
    List<BadEvent> complaints = new ArrayList<>();
    List<CheckedLine> usable = new ArrayList<>();
    EventFormat format = FORMATS[(input[0] & 0xff) % FORMATS.length];
    EventCheck check = new EventCheck(format.adapter(input[0] >>> 7 & 1), CLOCK, complaints::add);
    try (EventLines lines = new EventLines(new ByteArrayInputStream(input, 1, input.length - 1))) {
      CheckReport report = check.run(lines, usable::add);
      assertThat(report.lines()).isLessThanOrEqualTo(input.length);
      assertThat(sum(report.bad())).isEqualTo(complaints.size());
      assertThat(sum(report.usable())).isEqualTo(usable.size());
      complaints.forEach(bad -> assertThat(bad.toString()).hasSizeLessThan(4_000));
    }
  }

  private static long sum(java.util.Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
