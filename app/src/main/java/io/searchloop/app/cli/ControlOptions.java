package io.searchloop.app.cli;

import io.searchloop.app.log.DecisionDesk;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * How a command writes the control log: who, why, upon which head, and what became of it. What
 * another person overtook has no effect, and its author hears so.
 */
final class ControlOptions {
  /** Offset of a verdict on a decision of which no record counts. */
  private static final long NO_RECORD = -1;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--why",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "Reason, kept in the control log.")
  private String why = "";

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Author, kept in the control log (default: the user of the terminal).")
  private @Nullable String who;

  @Option(
      names = "--expected-head",
      paramLabel = "OFFSET",
      description =
          "Head you decided upon, see `policy show`: with another one nothing happens (default: the"
              + " newest, and again where only the loop was faster).")
  private @Nullable Long expectedHead;

  /**
   * Appends a decision, reads the verdict back and says what came of it.
   *
   * @param version release acted on; -1 for none
   * @param percent share of visitors; 0 for none
   * @return exit code: not zero when the decision has no effect
   */
  int decide(CommandSpec spec, ControlAction action, long version, int percent) {
    DecisionDesk desk =
        new DecisionDesk(connection.brokers(), connection.serdes(), InstantSource.system());
    String author = who != null ? who : System.getProperty("user.name", "operator");
    DecisionDesk.Order order = new DecisionDesk.Order(action, version, percent, author, why);
    if (expectedHead != null) {
      return told(spec, action, desk.decideUpon(order, expectedHead));
    }
    PolicyHistory seen = desk.history();
    try {
      return told(spec, action, desk.decide(order, seen, seen.control().head().headOffset()));
    } catch (DecisionDesk.Overtaken e) {
      return overtaken(spec, action, e);
    }
  }

  private int overtaken(CommandSpec spec, ControlAction action, DecisionDesk.Overtaken overtaken) {
    String message = String.valueOf(overtaken.getMessage());
    if (output.isJson()) {
      Verdict none = new Verdict(NO_RECORD, false, message);
      return told(spec, action, new DecisionDesk.Answer(none, overtaken.head()));
    }
    spec.commandLine().getErr().println(message);
    return ExitCode.FAILED;
  }

  private int told(CommandSpec spec, ControlAction action, DecisionDesk.Answer answer) {
    Verdict verdict = answer.verdict();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(output.json(reply(action, answer)));
    } else if (verdict.effective()) {
      out.println(
          action
              + " took effect at offset "
              + verdict.offset()
              + ". "
              + PolicyWords.of(answer.head()));
    } else {
      spec.commandLine().getErr().println(action + " is void: " + verdict.reason());
    }
    out.flush();
    return verdict.effective() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Map<String, Object> reply(ControlAction action, DecisionDesk.Answer answer) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("action", action.name());
    reply.put("verdict", answer.verdict());
    reply.put("head", answer.head());
    return reply;
  }
}
