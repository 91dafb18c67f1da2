package io.searchloop.app.cli;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.log.Located;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop policy show}: what is active and on trial, and who decided what. */
@Command(
    name = "show",
    description = "What is active, on trial and waiting, and the decisions that led there.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop policy show --last 5"})
final class PolicyShowCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "Decisions shown, the newest last (default: ${DEFAULT-VALUE}).")
  private int last = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PolicyHistory history = PolicyHistory.read(connection.brokers(), connection.serdes());
    List<Row> rows = rows(history);
    List<Row> newest = rows.subList(Math.max(0, rows.size() - Math.max(0, last)), rows.size());
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      Map<String, Object> reply = new LinkedHashMap<>();
      reply.put("head", history.control().head());
      reply.put("decisions", newest);
      out.println(output.json(reply));
    } else {
      out.println(PolicyWords.of(history.control().head()));
      out.println("Head: " + history.control().head().headOffset());
      newest.forEach(row -> out.println(row.line()));
    }
    out.flush();
    return ExitCode.OK;
  }

  private static List<Row> rows(PolicyHistory history) {
    List<Row> rows = new ArrayList<>();
    for (Located<PolicyControl> decision : history.decisions()) {
      Verdict verdict = history.control().verdicts().get(rows.size());
      PolicyControl control = decision.value();
      rows.add(
          new Row(
              decision.offset(),
              control.getTimestamp().toString(),
              control.getAction().name(),
              control.getPolicyVersion(),
              control.getPercent(),
              control.getWho(),
              control.getWhy(),
              control.getExpectedHead(),
              verdict.effective(),
              verdict.reason()));
    }
    return rows;
  }

  private record Row(
      long offset,
      String time,
      String action,
      long version,
      int percent,
      String who,
      String why,
      long expectedHead,
      boolean effective,
      String reason) {
    String line() {
      return "%6d  %s  %-9s %6s %4s  %s: %s%s"
          .formatted(
              offset,
              time,
              action,
              version < 0 ? "" : version,
              percent == 0 ? "" : percent + "%",
              who,
              why,
              effective ? "" : "  VOID: " + reason);
    }
  }
}
