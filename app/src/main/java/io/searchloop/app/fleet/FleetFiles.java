package io.searchloop.app.fleet;

import io.searchloop.app.launcher.Ports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * What lies in the folder of a fleet: one settings file for each process, and data.
 *
 * @param root folder of everything
 * @param settings the demo's keys and values, from which each process has its own
 */
record FleetFiles(Path root, Map<String, String> settings) {
  /** Name of the jar that stands for the jobs, whose classes are on the cluster's class path. */
  static final String JAR = "jobs.jar";

  FleetFiles {
    settings = Map.copyOf(settings);
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path trainer() {
    return root.resolve("trainer");
  }

  Path warmStart() {
    return root.resolve("warm-start");
  }

  Path signingKey() {
    return root.resolve("signing-key.pem");
  }

  Path trustedKeys() {
    return root.resolve("trusted-keys");
  }

  Path logs() {
    return make(root.resolve("logs"));
  }

  /**
   * A file of settings from some sections of ours, the given ones above them. The warm start is
   * trained before the fleet starts, so no process knows its settings.
   */
  Path properties(String name, List<String> sections, Map<String, String> given) {
    Map<String, String> values = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          if (sections.contains(key.substring(0, key.indexOf('.')))
              && !key.startsWith("trainer.warm-start.")) {
            values.put(key, value);
          }
        });
    values.putAll(given);
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
      return Files.writeString(make(root.resolve("conf")).resolve(name), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Flink's own configuration.
   *
   * @param rpc port of the JobManager
   * @param rest port of its HTTP interface
   * @return the folder to give to Flink
   */
  Path flink(int rpc, int rest) {
    Path folder = make(root.resolve("conf").resolve("flink"));
    Path uploads = make(root.resolve("jars").resolve("flink-web-upload"));
    try {
      Files.writeString(folder.resolve("config.yaml"), flinkSettings(rpc, rest));
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      new JarOutputStream(Files.newOutputStream(uploads.resolve(JAR)), manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private String flinkSettings(int rpc, int rest) {
    return """
        jobmanager.rpc.address: %1$s
        jobmanager.rpc.port: %2$d
        jobmanager.bind-host: %1$s
        taskmanager.host: %1$s
        taskmanager.bind-host: %1$s
        rest.address: %1$s
        rest.bind-address: %1$s
        rest.port: %3$d
        taskmanager.numberOfTaskSlots: 4
        taskmanager.cpu.cores: 1.0
        taskmanager.memory.task.heap.size: 400m
        taskmanager.memory.task.off-heap.size: 64m
        taskmanager.memory.framework.heap.size: 64m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 16m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        heartbeat.interval: 2000
        heartbeat.timeout: 15000
        classloader.resolve-order: parent-first
        execution.checkpointing.dir: %4$s
        execution.checkpointing.num-retained: 3
        web.upload.dir: %5$s
        io.tmp.dirs: %6$s
        """
        .formatted(
            Ports.LOOPBACK,
            rpc,
            rest,
            checkpoints().toUri(),
            root.resolve("jars"),
            make(root.resolve("tmp")));
  }

  private static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
