package io.searchloop.trainer;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trainers of the toy shop, one after another, on a loop that outlives them. */
final class ToyTraining {
  private static final InstantSource FIXED = InstantSource.fixed(Instant.EPOCH);

  final InMemoryLoop loop = new InMemoryLoop();
  final RandomState random = new RandomState(5);
  final WarmStart warmStart;
  final PolicyArtifact first;
  final NetworkConfig network;
  private final Path directory;
  private Trainer running;

  ToyTraining(ToyWarmStart from, Path directory) {
    this.warmStart = from.trained();
    this.first = from.artifact();
    this.network = warmStart.network().config();
    this.directory = directory;
  }

  /** Minibatches that the warm start sampled. */
  void addGroups(int count, long lineage) {
    for (int i = 0; i < count; i++) {
      loop.minibatches.add(ToyShop.groups(first, network, 0, lineage, ToyShop::reward, random));
    }
  }

  /** Trains until every minibatch was read. */
  TrainerStatus run(Map<String, String> settings) {
    loop.whenEmpty = this::stop;
    return run(loop, directory, settings);
  }

  /** Trains on another loop, or with another disk. */
  TrainerStatus run(InMemoryLoop on, Path store, Map<String, String> settings) {
    if (on != loop) {
      on.whenEmpty = this::stop;
    }
    running = trainer(on, store, warmStart, settings);
    running.run();
    return running.status();
  }

  /** Ends the trainer that runs. */
  void stop() {
    running.stop();
  }

  List<List<Float>> newestWeights() {
    return ToyShop.weights(loop.newestArtifact(), network);
  }

  Trainer trainer(InMemoryLoop on, Path store, WarmStart from, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("trainer.release-every", "100");
    ConfigBinder binder = new ConfigBinder(all);
    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    GateSettings gate = binder.bind("trainer.gate", GateSettings.class);
    binder.finish();
    return new Trainer(config, gate, from, on.ports(), new CheckpointStore(store), FIXED);
  }
}
