package io.searchloop.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.app.reward.RewardChange;
import io.searchloop.app.reward.RewardProposal;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.access.Person;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The body of a decision or of a change of rewards, and what is made of it before it is stored. */
class ConsoleBodiesFuzz {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final RewardConfig LAST =
      RewardConfig.newBuilder().setName("default").setEffectiveFrom(Instant.EPOCH).build();

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{'action':'rollback','version':4,'who':'me','why':'sold out','expected_head':-1}",
            "{'action':'canary','version':4,'percent':10,'who':'me','why':'try','expected_head':3}",
            "{'changes':{'click':'2','short-window':'PT30M','examination':'1,.5','position-correction':'true','name':'x','free-tokens':'3'},'effective_from':'PT5M','expected_last':'1970-01-01T00:00:00Z'}",
            "{'changes':{'long-window':'P7D'},'effective_from':'2030-01-01T00:00:00Z','expected_last':0}")
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void answers(byte[] body) throws Exception {
    Bounds.within(
        body.length,
        () -> {
          order(ByteBuffer.wrap(body));
          wish(ByteBuffer.wrap(body));
        });
  }

  private static void order(ByteBuffer body) {
    try {
      PolicyOrder order = PolicyOrder.read(body, Person.ANYBODY);
      assertThat(order.who()).isNotBlank();
    } catch (ConsoleProblem e) {
      requireProblem(e);
    }
  }

  private static void wish(ByteBuffer body) {
    try {
      RewardDesk.Wish wish = ActionJson.read(body, RewardDesk.Wish.class);
      if (wish.changes() != null && wish.effectiveFrom() != null) {
        change(wish.changes(), wish.effectiveFrom());
      }
    } catch (ConsoleProblem e) {
      requireProblem(e);
    }
  }

  /** As the desk does it, and the command line. */
  private static void change(Map<String, String> changes, String from) {
    try {
      RewardConfig wanted = RewardChange.changed(LAST, RewardProposal.instant(from, NOW), changes);
      if (RewardProposal.refusal(RewardSchedule.of(LAST), wanted, NOW).isEmpty()) {
        assertThat(RewardSchedule.of(LAST).plus(wanted).configs()).hasSize(2);
        assertThat(RewardChange.differences(LAST, wanted)).isNotEmpty();
      }
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, "expected");
    }
  }

  private static void requireProblem(ConsoleProblem problem) {
    assertThat(problem.reply().status()).isEqualTo(400);
    Bounds.requireNamed(problem);
  }
}
