package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.app.reward.RewardChange;
import io.searchloop.app.reward.RewardChoice;
import io.searchloop.app.reward.RewardChoices;
import io.searchloop.app.reward.RewardProposal;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reward configurations: which there are, what a change would do, and the change itself. What is
 * sent must be what was previewed, upon the configuration that the author saw.
 */
final class RewardDesk {
  private final LoopConnection loop;
  private final InstantSource clock;

  RewardDesk(LoopConnection loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /**
   * A change that somebody wants.
   *
   * @param changes new values by field
   * @param effectiveFrom an instant, or a duration from now
   * @param expectedLast effective_from of the last configuration its author saw
   */
  record Wish(
      @Nullable Map<String, String> changes,
      @Nullable String effectiveFrom,
      @Nullable Instant expectedLast) {}

  /** A field with what it means and its value in the last configuration. */
  record FieldView(String name, String help, String value) {}

  /** A configuration with what it changed against the one before it. */
  record ConfigView(String name, Instant effectiveFrom, boolean inForce, List<String> changes) {}

  /** All configurations; fields are of the last one, which the next begins with. */
  record Overview(
      List<ConfigView> configs, List<ConfigView> refused, List<FieldView> fields, Instant last) {}

  /** What would be appended. */
  record Preview(Instant effectiveFrom, Instant expectedLast, List<String> changes) {}

  /** What was appended. */
  record Written(long offset, Instant effectiveFrom, List<String> changes) {}

  ConsoleReply overview(Call call) {
    RewardConfigLog log = read();
    RewardSchedule schedule = log.schedule();
    RewardConfig inForce = schedule.at(clock.millis());
    List<ConfigView> views = new ArrayList<>();
    RewardConfig before = RewardConfig.newBuilder().build();
    for (RewardConfig config : schedule.configs()) {
      views.add(view(before, config, config.equals(inForce)));
      before = config;
    }
    RewardConfig last = before;
    Map<String, String> values = RewardChange.values(last);
    List<FieldView> fields = new ArrayList<>();
    for (RewardChoice choice : RewardChoices.ALL) {
      fields.add(
          new FieldView(choice.name(), choice.help(), values.getOrDefault(choice.field(), "")));
    }
    return ConsoleReply.ok(
        new Overview(
            views,
            log.refused().stream().map(config -> view(last, config, false)).toList(),
            fields,
            last.getEffectiveFrom()));
  }

  ConsoleReply preview(Call call) {
    Proposal proposal = proposal(call);
    return ConsoleReply.ok(
        new Preview(
            proposal.wanted().getEffectiveFrom(),
            proposal.last().getEffectiveFrom(),
            proposal.changes()));
  }

  ConsoleReply append(Call call) {
    Proposal proposal = proposal(call);
    long offset = RewardConfigLog.append(loop.bootstrapServers(), loop.serdes(), proposal.wanted());
    return ConsoleReply.ok(
        new Written(offset, proposal.wanted().getEffectiveFrom(), proposal.changes()));
  }

  private record Proposal(RewardConfig last, RewardConfig wanted, List<String> changes) {}

  private Proposal proposal(Call call) {
    Wish wish = ActionJson.read(call.body(), Wish.class);
    Map<String, String> changes = wish.changes();
    String from = wish.effectiveFrom();
    if (changes == null || changes.isEmpty() || from == null || wish.expectedLast() == null) {
      throw ConsoleProblem.badRequest(
          "Fields `changes`, `effective_from` and `expected_last` are expected, one is missing or empty. Read /api/reward-configs, change something, and say from when on.");
    }
    Instant now = clock.instant();
    RewardSchedule schedule = read().schedule();
    RewardConfig last = schedule.configs().get(schedule.configs().size() - 1);
    if (!last.getEffectiveFrom().equals(wish.expectedLast())) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.OVERTAKEN,
          "The last configuration is of %s, you saw that of %s. Preview your change again upon it."
              .formatted(last.getEffectiveFrom(), wish.expectedLast()));
    }
    try {
      RewardConfig wanted = RewardChange.changed(last, RewardProposal.instant(from, now), changes);
      RewardProposal.refusal(schedule, wanted, now)
          .ifPresent(
              refusal -> {
                throw ConsoleProblem.badRequest(refusal);
              });
      return new Proposal(last, wanted, RewardChange.differences(last, wanted));
    } catch (IllegalArgumentException e) {
      throw ConsoleProblem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private RewardConfigLog read() {
    return RewardConfigLog.read(loop.bootstrapServers(), loop.serdes());
  }

  private static ConfigView view(RewardConfig before, RewardConfig config, boolean inForce) {
    return new ConfigView(
        config.getName(),
        config.getEffectiveFrom(),
        inForce,
        RewardChange.differences(before, config).stream()
            .filter(line -> !line.startsWith("effective_from"))
            .toList());
  }
}
