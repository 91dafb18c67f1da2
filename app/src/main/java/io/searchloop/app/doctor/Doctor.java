package io.searchloop.app.doctor;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.schemas.client.ClientConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at everything the loop needs before it is missed: machine, ports, native libraries, and,
 * where they are named, an external Kafka and registry. A check that fails in an unforeseen way is
 * a finding too, so that the others still run.
 */
public final class Doctor {
  private final LoopSettings settings;
  private final Path directory;
  private final InstantSource clock;

  /**
   * @param settings of the loop that is to run
   * @param directory where its state is to live
   * @param clock this machine's, compared with the brokers'
   */
  public Doctor(LoopSettings settings, Path directory, InstantSource clock) {
    this.settings = settings;
    this.directory = directory;
    this.clock = clock;
  }

  /** Looks at everything; takes seconds. */
  public Diagnosis examine() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(guarded("machine", () -> new MachineChecks(directory).findings()));
    findings.addAll(guarded("ports", () -> new PortChecks(settings).findings()));
    findings.addAll(guarded("native libraries", () -> new NativeChecks().findings()));
    findings.addAll(guarded("visitors' names", () -> new PrivacyChecks(settings).findings()));
    String kafka = settings.loop().kafka();
    if (kafka.isEmpty()) {
      findings.add(Finding.ok("Kafka", "embedded; name an external one with --loop.kafka"));
    } else {
      findings.addAll(guarded("Kafka", () -> kafka(kafka)));
    }
    String registry = settings.loop().registry();
    if (registry.isEmpty()) {
      findings.add(Finding.ok("registry", "embedded; name an external one with --loop.registry"));
    } else {
      findings.addAll(
          guarded(
              "registry",
              () ->
                  new RegistryChecks(clients().serdes(registry, false).client(), registry)
                      .findings()));
    }
    return Diagnosis.of(findings);
  }

  private List<Finding> kafka(String address) {
    return new KafkaChecks(clients().brokers(address), settings.loop().partitions(), clock)
        .findings();
  }

  private ClientConfig clients() {
    return ClientConfig.of(settings.loop().clientConfig());
  }

  private static List<Finding> guarded(String check, Supplier<List<Finding>> checks) {
    try {
      return checks.get();
    } catch (RuntimeException e) {
      return List.of(
          Finding.problem(
              check,
              e.getMessage() == null ? e.toString() : e.getMessage(),
              "Mend what it says; the checks behind it did not run."));
    }
  }
}
