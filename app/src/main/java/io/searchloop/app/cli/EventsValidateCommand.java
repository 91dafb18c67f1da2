package io.searchloop.app.cli;

import io.searchloop.app.events.CheckReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop events validate}. */
@Command(
    name = "validate",
    description =
        "Checks events by the rules of /v1/events and names what is wrong with each bad one."
            + " Nothing is sent. Exit code 1 when any is bad.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop events validate events.jsonl",
      "  ./searchloop events validate ubi_events.jsonl.gz --format ubi --output json",
      "  bq query --format=json ... | jq -c '.[]' | ./searchloop events validate - --format ga4"
    })
final class EventsValidateCommand implements Callable<Integer> {
  @Mixin private EventsOptions events = new EventsOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CheckReport report =
        events.check(
            spec,
            System.in,
            bad -> {
              if (!output.isJson()) {
                out.println(bad.sentence());
              }
            },
            usable -> {});
    if (output.isJson()) {
      out.println(output.json(report));
    } else {
      print(out, report);
    }
    out.flush();
    return report.badEvents() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  static void print(PrintWriter out, CheckReport report) {
    out.printf(
        "%d lines: %d events can be used, %d cannot%n",
        report.lines(), report.usableEvents(), report.badEvents());
    report.usable().forEach((action, count) -> out.printf("  %9d %s%n", count, action));
    report.bad().forEach((reason, count) -> out.printf("  %9d bad: %s%n", count, reason));
    report.leftOut().forEach((what, count) -> out.printf("  %9d left out: %s%n", count, what));
  }
}
