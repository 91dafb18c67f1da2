package io.searchloop.app.cli;

import io.searchloop.app.acls.AclPlan;
import io.searchloop.app.acls.ComponentAcls;
import io.searchloop.app.acls.Grant;
import io.searchloop.app.json.ReportJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop topics acls}. */
@Command(
    name = "acls",
    description = "Which rights on Kafka each component needs; asks no broker and changes none.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The commands take brokers and the administrator's file from a variable:",
      "  KAFKA='--bootstrap-server kafka:9092 --command-config admin.properties'",
      "",
      "Examples:",
      "  ./searchloop topics acls",
      "  ./searchloop topics acls --output commands --component worker",
      "  ./searchloop topics acls --output json --principal-prefix shop-"
    })
final class TopicsAclsCommand implements Callable<Integer> {
  enum Format {
    table,
    json,
    commands
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, json, or commands for kafka-acls.sh, which Kafka brings (default:"
              + " ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  @Option(
      names = "--principal-prefix",
      paramLabel = "TEXT",
      defaultValue = AclPlan.PREFIX,
      description = "What users' names begin with (default: ${DEFAULT-VALUE}).")
  private String prefix = AclPlan.PREFIX;

  @Option(names = "--component", paramLabel = "NAME", description = "Only this component.")
  private @Nullable String component;

  @Spec private CommandSpec spec = CommandSpec.create();

  private record Listed(String principal, String does, List<Grant> grants) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ComponentAcls> wanted = wanted();
    switch (format) {
      case json ->
          out.println(
              ReportJson.text(
                  wanted.stream()
                      .map(each -> new Listed(each.principal(prefix), each.does(), each.grants()))
                      .toList()));
      case commands ->
          wanted.forEach(
              each -> {
                out.println("# " + each.principal(prefix) + ": " + each.does());
                each.commands(prefix).forEach(out::println);
              });
      case table ->
          wanted.forEach(
              each -> {
                out.println(each.principal(prefix) + "  (" + each.does() + ")");
                each.grants()
                    .forEach(
                        grant -> out.printf("  %-55s %s%n", grant.words(), grant.operationWords()));
              });
    }
    return ExitCode.OK;
  }

  private List<ComponentAcls> wanted() {
    List<ComponentAcls> found =
        AclPlan.COMPONENTS.stream()
            .filter(each -> component == null || each.component().equals(component))
            .toList();
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--component is '%s', expected one of %s."
              .formatted(
                  component, AclPlan.COMPONENTS.stream().map(ComponentAcls::component).toList()));
    }
    return found;
  }
}
