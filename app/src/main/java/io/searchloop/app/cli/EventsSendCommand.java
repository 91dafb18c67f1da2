package io.searchloop.app.cli;

import io.searchloop.app.events.CheckReport;
import io.searchloop.app.events.EventOutlet;
import io.searchloop.app.events.HttpOutlet;
import io.searchloop.app.events.KafkaOutlet;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.storefront.StorefrontSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop events send}. */
@Command(
    name = "send",
    description =
        "Checks events, then sends them to Kafka or to a worker. When any is bad nothing is sent,"
            + " unless --skip-bad.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop events send events.jsonl --url http://127.0.0.1:8080",
      "  ./searchloop events send ga4.jsonl.gz --format ga4 --kafka 127.0.0.1:9092 --skip-bad"
    })
final class EventsSendCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  @Mixin private EventsOptions events = new EventsOptions();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  /** Where to. */
  static final class Target {
    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Kafka to send to.")
    @Nullable String kafka;

    @Option(names = "--url", paramLabel = "URL", description = "Worker to send to.")
    @Nullable URI url;
  }

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8082",
      description = "With --kafka: the schema registry (default: ${DEFAULT-VALUE}).")
  private URI registry = URI.create("");

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      defaultValue = "",
      description =
          "With --kafka: TLS, SASL and registry settings, as Kafka's --command-config takes them"
              + " (default: the file in SEARCHLOOP_CLIENT_CONFIG).")
  private String clientConfig = "";

  @Option(
      names = "--pseudonym-keys",
      paramLabel = "FILE",
      defaultValue = "",
      description =
          "With --kafka: the workers' serving.pseudonym-keys, where they have any. A worker at --url"
              + " replaces visitors' names itself.")
  private String pseudonymKeys = "";

  @Option(names = "--skip-bad", description = "Send the good events though others are bad.")
  private boolean skipBad;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (events.isStream() && !skipBad) {
      throw new ParameterException(
          spec.commandLine(),
          "A stream cannot be checked before it is sent. Write it to a file first, or add --skip-bad.");
    }
    URI url = target.url;
    requireAddress(url == null ? "--registry" : "--url", url == null ? registry : url);
    PrintWriter out = spec.commandLine().getOut();
    if (!skipBad && !allGood(out)) {
      out.println("Nothing was sent. Correct the file, or add --skip-bad.");
      out.flush();
      return ExitCode.FAILED;
    }
    EventOutlet outlet = outlet();
    CheckReport report;
    try (outlet) {
      report = events.check(spec, System.in, bad -> out.println(bad.sentence()), outlet::accept);
    }
    EventsValidateCommand.print(out, report);
    out.printf("%d events sent and stored%n", outlet.stored());
    out.flush();
    return report.badEvents() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void requireAddress(String option, URI address) {
    if (address.getHost() == null || !SCHEMES.contains(address.getScheme())) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is '%s', expected an address such as http://127.0.0.1:8080."
              .formatted(option, address));
    }
  }

  private boolean allGood(PrintWriter out) {
    CheckReport report =
        events.check(spec, System.in, bad -> out.println(bad.sentence()), usable -> {});
    return report.badEvents() == 0;
  }

  private EventOutlet outlet() {
    URI url = target.url;
    if (url != null) {
      return new HttpOutlet(url, PAUSE);
    }
    return new KafkaOutlet(
        StorefrontSettings.of(String.valueOf(target.kafka), registry.toString())
            .withClients(ClientConfig.of(clientConfig))
            .withPseudonyms(Pseudonyms.of(pseudonymKeys)));
  }
}
