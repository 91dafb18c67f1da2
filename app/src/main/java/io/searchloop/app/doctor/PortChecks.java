package io.searchloop.app.doctor;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.PortInUseException;
import io.searchloop.app.launcher.Ports;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports are free that a loop in one process would listen on. */
final class PortChecks {
  private record Wanted(int port, String owner, String flag) {}

  private final LoopSettings settings;

  PortChecks(LoopSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    return wanted().stream().map(PortChecks::look).toList();
  }

  private List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>();
    if (settings.loop().kafka().isEmpty()) {
      wanted.add(new Wanted(settings.broker().port(), "Kafka broker", "--broker.port"));
      wanted.add(
          new Wanted(
              settings.broker().controllerPort(), "Kafka controller", "--broker.controller-port"));
    }
    if (settings.loop().registry().isEmpty()) {
      wanted.add(new Wanted(settings.registry().port(), "schema registry", "--registry.port"));
    }
    wanted.add(new Wanted(settings.flink().port(), "Flink dashboard", "--flink.port"));
    wanted.add(
        new Wanted(settings.flinkMetrics().port(), "Flink's metrics", "--flink.metrics.port"));
    wanted.add(
        new Wanted(
            settings.trainerMetrics().port(), "trainer's metrics", "--trainer.metrics.port"));
    wanted.add(new Wanted(settings.serving().port(), "serving worker", "--serving.port"));
    wanted.add(new Wanted(settings.console().port(), "console", "--console.port"));
    return wanted;
  }

  private static Finding look(Wanted wanted) {
    String check = "port of the " + wanted.owner();
    try {
      Ports.claim(wanted.port(), wanted.owner(), wanted.flag());
      return Finding.ok(check, wanted.port() == 0 ? "any" : wanted.port() + " is free");
    } catch (PortInUseException e) {
      return Finding.warning(
          check,
          wanted.port() + " is in use, perhaps by a running loop",
          "If not, choose another with " + wanted.flag() + ".");
    }
  }
}
