package io.searchloop.jobs.health;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.policy.control.ControlEntry;
import io.searchloop.schemas.PolicyControl;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Turns releases into the active policy, by control records that anyone may overrule. */
public final class PolicyHealthJob {
  /** Name of the job in Flink. */
  public static final String NAME = "policy-health";

  private static final String ONE_POLICY = "policy";

  /**
   * Where records come from.
   *
   * @param releases the release log from its beginning
   * @param control the control log from its beginning
   */
  public record Sources(Source<ReleaseEntry, ?, ?> releases, Source<ControlEntry, ?, ?> control) {}

  private final Sources sources;
  private final Sink<PolicyControl> control;
  private final HealthConfig config;

  /**
   * @param control the control log; must not be transactional, since an open transaction would hide
   *     an operator's rollback
   */
  public PolicyHealthJob(Sources sources, Sink<PolicyControl> control, HealthConfig config) {
    this.sources = sources;
    this.control = control;
    this.config = config;
  }

  /** Lays the job out. */
  public void build(StreamExecutionEnvironment env) {
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setParallelism(1);
    DataStream<ReleaseEntry> releases =
        read(env, sources.releases(), "releases", ReleaseEntry.class);
    DataStream<ControlEntry> decisions =
        read(env, sources.control(), "control", ControlEntry.class);

    releases
        .keyBy(release -> ONE_POLICY)
        .connect(decisions.keyBy(entry -> ONE_POLICY))
        .process(new PromoteReleases(config), new AvroRecordTypeInfo<>(PolicyControl.class))
        .uid("promote-releases")
        .name("promote releases")
        .sinkTo(control)
        .uid("write-control")
        .name("write control");
  }

  private static <T> DataStream<T> read(
      StreamExecutionEnvironment env, Source<T, ?, ?> source, String name, Class<T> type) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, TypeInformation.of(type))
        .uid(name);
  }
}
