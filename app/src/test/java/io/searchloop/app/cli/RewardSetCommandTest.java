package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.reward.RewardChange;
import io.searchloop.app.reward.RewardChoice;
import io.searchloop.app.reward.RewardChoices;
import io.searchloop.app.reward.RewardProposal;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RewardSetCommandTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final RewardConfig FIRST =
      RewardConfig.newBuilder().setClick(1).setEffectiveFrom(Instant.EPOCH).build();
  private static final RewardSchedule SCHEDULE = RewardSchedule.of(FIRST);

  @Test
  void hasAnOptionForEveryFieldThatMayBeChanged() {
    assertThat(RewardChoices.ALL)
        .extracting(RewardChoice::field)
        .containsExactlyElementsOf(
            RewardConfig.getClassSchema().getFields().stream()
                .map(org.apache.avro.Schema.Field::name)
                .filter(name -> !name.equals("effective_from") && !name.equals("lateness_ms"))
                .toList());
  }

  @Test
  void changesFieldsOfEveryType() {
    RewardConfig wanted =
        changed(
            "--click",
            "2.5",
            "--long-window",
            "P7D",
            "--dwell-clicks",
            "4",
            "--position-correction",
            "true",
            "--examination",
            "1,0.5, 0.25",
            "--name",
            "autumn");

    assertThat(wanted)
        .isEqualTo(
            RewardConfig.newBuilder(FIRST)
                .setName("autumn")
                .setEffectiveFrom(NOW)
                .setClick(2.5)
                .setLongWindowMs(Duration.ofDays(7).toMillis())
                .setDwellClicks(4)
                .setPositionCorrection(true)
                .setExamination(java.util.List.of(1.0, 0.5, 0.25))
                .build());
    assertThat(FIRST.getClick()).as("the configuration it began with").isEqualTo(1);
  }

  @Test
  void saysWhatChanges() {
    assertThat(RewardChange.differences(FIRST, changed("--click", "2", "--short-window", "PT10M")))
        .containsExactly(
            "effective_from: 1970-01-01T00:00:00Z -> 2030-01-01T00:00:00Z",
            "click: 1.0 -> 2.0",
            "short_window_ms: PT30M -> PT10M");
  }

  @Test
  void namesTheOptionWhoseValueDoesNotFit() {
    assertThatThrownBy(() -> changed("--click", "much"))
        .hasMessageContaining("click is 'much'")
        .hasMessageContaining("double");
    assertThatThrownBy(() -> changed("--purchase", "Infinity")).hasMessageContaining("purchase is");
    assertThatThrownBy(() -> changed("--long-window", "7 days")).hasMessageContaining("PT30M");
  }

  @Test
  void refusesTimesThatNoRecordCanHold() {
    assertThatThrownBy(() -> changed("--long-window", "PT9223372036854775807S"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("long-window is");
    for (String from : List.of("PT9223372036854775807S", "+999999999-01-01T00:00:00Z")) {
      assertThatThrownBy(() -> RewardProposal.instant(from, NOW))
          .as(from)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("effective-from is");
    }
  }

  @Test
  void hasNoOptionForLatenessWhichIsReadOnce() {
    assertThatThrownBy(() -> changed("--lateness", "PT1S"))
        .isInstanceOf(CommandLine.UnmatchedArgumentException.class);
  }

  @Test
  void refusesWhatWouldTakeEffectBeforeTheJobHasReadIt() {
    assertThat(refusal(NOW.minusSeconds(1))).contains("expected at least PT30S ahead");
    assertThat(refusal(NOW.plusSeconds(29))).contains("expected at least PT30S ahead");
    assertThat(refusal(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void refusesToReplaceWhatIsScheduled() {
    Instant from = NOW.plusSeconds(60);
    RewardConfig scheduled = RewardConfig.newBuilder(FIRST).setEffectiveFrom(from).build();
    assertThat(
            RewardProposal.refusal(
                SCHEDULE.plus(scheduled),
                RewardConfig.newBuilder(scheduled).setClick(9).build(),
                NOW))
        .hasValueSatisfying(text -> assertThat(text).contains("never replaced"));
  }

  @Test
  void refusesWindowsInTheWrongOrder() {
    RewardConfig wrong =
        RewardConfig.newBuilder(FIRST)
            .setEffectiveFrom(NOW.plusSeconds(60))
            .setShortWindowMs(2)
            .setLongWindowMs(1)
            .build();
    assertThat(RewardProposal.refusal(SCHEDULE, wrong, NOW))
        .hasValueSatisfying(text -> assertThat(text).contains("does not exceed the long one"));
  }

  private static String refusal(Instant from) {
    return RewardProposal.refusal(
            SCHEDULE, RewardConfig.newBuilder(FIRST).setEffectiveFrom(from).build(), NOW)
        .orElse("");
  }

  private static RewardConfig changed(String... options) {
    CommandLine line = new CommandLine(new RewardSetCommand());
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--effective-from=PT5M";
    line.parseArgs(all);
    return RewardChange.changed(FIRST, NOW, RewardFields.given(line.getCommandSpec()));
  }
}
