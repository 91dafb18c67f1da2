package io.searchloop.app.fleet;

import static java.util.Map.entry;

import io.searchloop.app.launcher.BrokerMain;
import io.searchloop.app.launcher.Ports;
import io.searchloop.app.launcher.RegistryMain;
import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.launch.EngineRewardJobMain;
import io.searchloop.jobs.launch.MinibatchJobMain;
import io.searchloop.jobs.launch.PolicyHealthJobMain;
import io.searchloop.jobs.launch.RewardJobMain;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.ServingMain;
import io.searchloop.trainer.TrainerMain;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The loop as processes on this machine: broker, registry, JobManager, two TaskManagers, trainer
 * and workers. Clients reach broker and workers through proxies; broker, trainer and checkpoints
 * have small disks where this user may mount them.
 */
final class Fleet implements AutoCloseable {
  private static final String RUNTIME = "org.apache.flink.runtime.";

  /** As Flink's own scripts have it, as far as its classes here need it. */
  private static final List<String> FLINK_FLAGS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");

  /** Flags of processes that start often: a quick compiler with room, a small collector. */
  static final List<String> STARTS_FAST =
      List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC");

  /** Flags of processes that run long. */
  static final List<String> RUNS_LONG = List.of("-XX:+UseG1GC");

  private static final int TASK_MANAGERS = 2;
  private static final int BROKER_DISK_MIB = 4096;
  private static final int DISK_MIB = 512;
  private static final String WORKERS = "worker";

  private static final Map<String, String> JOBS =
      Map.of(
          RewardJob.NAME, RewardJobMain.class.getName(),
          EngineRewardJob.NAME, EngineRewardJobMain.class.getName(),
          MinibatchJob.NAME, MinibatchJobMain.class.getName(),
          PolicyHealthJob.NAME, PolicyHealthJobMain.class.getName());

  private final FleetFiles files;
  private final List<String> flags;
  private final Health health = new Health();
  private final List<Component> components = new ArrayList<>();
  private final List<URI> storefronts = new ArrayList<>();
  private final List<SmallDisk> disks = new ArrayList<>();
  private final Brokers brokers;
  private final Serdes serdes;
  private final JobKeeper keeper;
  private final Thread atExit = new Thread(this::end, "end-fleet");

  /**
   * Lays the fleet out; nothing runs yet. An interrupted run takes it along.
   *
   * @param workers how many serve
   * @param flags of Java, of all processes
   */
  Fleet(FleetFiles files, int workers, List<String> flags) {
    this.files = files;
    this.flags = List.copyOf(flags);
    Runtime.getRuntime().addShutdownHook(atExit);
    int brokerPort = free();
    TcpProxy way = TcpProxy.to(brokerPort);
    this.brokers = Brokers.at(Ports.LOOPBACK + ":" + way.port());
    int registryPort = free();
    String registry = "http://" + Ports.LOOPBACK + ":" + registryPort;
    this.serdes = new Serdes(registry, false);
    Map<String, String> kafka =
        Map.of("kafka.bootstrap-servers", brokers.addresses(), "kafka.registry-url", registry);
    broker(brokerPort, way);
    registry(registryPort, registry);
    this.keeper = flink(kafka);
    trainer(registry);
    for (int i = 1; i <= workers; i++) {
      worker(i, kafka);
    }
  }

  List<Component> components() {
    return List.copyOf(components);
  }

  /** Where shoppers reach each worker. */
  List<URI> storefronts() {
    return List.copyOf(storefronts);
  }

  Brokers brokers() {
    return brokers;
  }

  Serdes serdes() {
    return serdes;
  }

  JobKeeper keeper() {
    return keeper;
  }

  /** Whether disks can be filled here. */
  boolean disksCanFill() {
    return !disks.isEmpty();
  }

  /** Starts broker and registry alone, for what must be there before the rest. */
  void startPlatform() {
    components.stream().limit(2).forEach(component -> component.process().start());
  }

  /** Whether the first components do their work: broker, registry, then the others. */
  boolean ready(int first) {
    return components.stream().limit(first).allMatch(one -> one.ready().getAsBoolean());
  }

  /** Starts everything that does not run. */
  void startAll() {
    components.forEach(component -> component.process().start());
    keeper.start();
  }

  /** Without a word to anybody: the processes would outlive this one, the disks all of them. */
  private void end() {
    components.forEach(component -> component.process().end());
    disks.forEach(SmallDisk::close);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the hook runs
    }
    keeper.close();
    for (int i = components.size() - 1; i >= 0; i--) {
      components.get(i).process().close();
      components.get(i).way().ifPresent(TcpProxy::close);
    }
    disks.forEach(SmallDisk::close);
  }

  private void broker(int port, TcpProxy way) {
    Path settings =
        files.properties(
            "broker.properties",
            List.of(),
            Map.of("advertised.listeners", "CLIENTS://" + brokers.addresses()));
    Optional<SmallDisk> disk = disk(files.kafka(), BROKER_DISK_MIB);
    add(
        "broker",
        process(
            "broker",
            "768m",
            BrokerMain.class.getName(),
            List.of(files.kafka().toString(), Integer.toString(port), settings.toString())),
        Optional.of(way),
        disk,
        () -> health.kafka(brokers));
  }

  private void registry(int port, String address) {
    add(
        "registry",
        process(
            "registry",
            "256m",
            RegistryMain.class.getName(),
            List.of(brokers.addresses(), Integer.toString(port))),
        Optional.empty(),
        Optional.empty(),
        () -> health.answers(URI.create(address + "/subjects")));
  }

  private JobKeeper flink(Map<String, String> kafka) {
    int rest = free();
    Path settings = files.flink(free(), rest);
    FlinkRest cluster = new FlinkRest(URI.create("http://" + Ports.LOOPBACK + ":" + rest));
    Optional<SmallDisk> disk = disk(files.checkpoints(), DISK_MIB);
    LoopProcess jobManager =
        flinkProcess("jobmanager", "entrypoint.StandaloneSessionClusterEntrypoint", settings);
    Map<String, String> jobs = files.settings();
    Path arguments =
        files.properties(
            "jobs.properties",
            List.of("attribution", "assembly", "engine", "health", "trial"),
            with(
                kafka,
                "flink.checkpoint-interval",
                jobs.getOrDefault("flink.checkpoint-interval", "PT1S")));
    JobKeeper jobKeeper =
        new JobKeeper(
            cluster,
            new CheckpointFolder(files.checkpoints()),
            FleetFiles.JAR,
            JOBS,
            List.of(arguments.toString()),
            jobManager::starts);
    add("jobmanager", jobManager, Optional.empty(), disk, jobKeeper::allRun);
    for (int i = 1; i <= TASK_MANAGERS; i++) {
      String name = "taskmanager-" + i;
      add(
          name,
          "taskmanager",
          flinkProcess(name, "taskexecutor.TaskManagerRunner", settings),
          Optional.empty(),
          Optional.empty(),
          () -> cluster.taskManagers() == TASK_MANAGERS && jobKeeper.allRun());
    }
    return jobKeeper;
  }

  private void trainer(String registry) {
    Path settings =
        files.properties(
            "trainer.properties",
            List.of("trainer"),
            Map.ofEntries(
                entry("main.bootstrap-servers", brokers.addresses()),
                entry("main.registry-url", registry),
                entry("main.warm-start", files.warmStart().toString()),
                entry("main.checkpoints", files.trainer().toString()),
                entry("trainer.threads", "1"),
                entry("trainer.signing-key", files.signingKey().toString())));
    LoopProcess process =
        process("trainer", "1g", TrainerMain.class.getName(), List.of(settings.toString()));
    add("trainer", process, Optional.empty(), disk(files.trainer(), DISK_MIB), process::alive);
  }

  private void worker(int number, Map<String, String> kafka) {
    int port = free();
    String name = WORKERS + "-" + number;
    TcpProxy way = TcpProxy.to(port);
    Path settings =
        files.properties(
            name + ".properties",
            List.of("serving"),
            with(
                with(kafka, "serving.port", Integer.toString(port)),
                "serving.trusted-keys",
                files.trustedKeys().toString()));
    add(
        name,
        WORKERS,
        process(name, "768m", ServingMain.class.getName(), List.of(settings.toString())),
        Optional.of(way),
        Optional.empty(),
        () ->
            health.answers(URI.create("http://" + Ports.LOOPBACK + ":" + way.port() + "/readyz")));
    storefronts.add(URI.create("http://" + Ports.LOOPBACK + ":" + way.port()));
  }

  private void add(
      String name,
      LoopProcess process,
      Optional<TcpProxy> way,
      Optional<SmallDisk> disk,
      BooleanSupplier ready) {
    add(name, name, process, way, disk, ready);
  }

  private void add(
      String name,
      String group,
      LoopProcess process,
      Optional<TcpProxy> way,
      Optional<SmallDisk> disk,
      BooleanSupplier ready) {
    components.add(new Component(name, group, process, way, disk, ready));
  }

  private LoopProcess process(String name, String heap, String main, List<String> arguments) {
    return LoopProcess.of(name, heap, flags, main, arguments, Map.of(), files.logs());
  }

  private LoopProcess flinkProcess(String name, String main, Path settings) {
    return LoopProcess.of(
        name,
        "768m",
        Stream.concat(flags.stream(), FLINK_FLAGS.stream()).toList(),
        RUNTIME + main,
        List.of("--configDir", settings.toString()),
        Map.of("FLINK_CONF_DIR", settings.toString()),
        files.logs());
  }

  private Optional<SmallDisk> disk(Path directory, int mebibytes) {
    Optional<SmallDisk> disk = SmallDisk.mount(directory, mebibytes);
    disk.ifPresent(disks::add);
    return disk;
  }

  private static Map<String, String> with(Map<String, String> values, String key, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(key, value);
    return more;
  }

  private static int free() {
    return Ports.claim(0, "a process of the fleet", "none");
  }
}
