package io.searchloop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.intake.MinibatchReader;
import io.searchloop.trainer.intake.ReceivedMinibatch;
import io.searchloop.trainer.loss.UpdateStep;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.warmstart.WarmStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LearnerTest {
  private static final long LINEAGE = -1;
  private static WarmStart warmStart;
  private static RewriteFormat format;

  private PolicyNetwork reference;
  private TrainingState state;
  private TokenMask mask;

  @BeforeAll
  static void train() {
    warmStart = ToyShop.warmStart(60);
    format = warmStart.format();
  }

  @AfterAll
  static void closeWarmStart() {
    warmStart.close();
  }

  @BeforeEach
  void open() {
    reference = warmStart.network().frozenCopy();
    state =
        new TrainingState(
            PolicyNetwork.restore(warmStart.network().config(), warmStart.network().parameters()),
            AdamSettings.defaults(),
            1);
    mask = TokenMask.of(format.grammar(), warmStart.spec().vocabularySize());
  }

  @AfterEach
  void close() {
    mask.close();
    state.close();
    reference.close();
  }

  @Test
  void putsTheRewritesOfAnOrderInOrder() {
    Learner learner = learner(Map.of("trainer.algorithm", "pro", "trainer.learning-rate", "0.001"));
    Minibatch orders = orders(List.of("sofa", "door lock", "garden hose"), 0, 1, 2);

    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lessons.add(learner.learn(new ReceivedMinibatch(i, orders), LINEAGE));
    }

    assertThat(lessons).allMatch(Lesson::trained);
    Lesson last = lessons.get(39);
    assertThat(last.figures().get("ordered_share")).isEqualTo(1);
    assertThat(last.figures().get("ranking_loss"))
        .isLessThan(lessons.get(0).figures().get("ranking_loss") - .5);
    assertThat(state.step()).isEqualTo(40);
  }

  @Test
  void readsPairsAsOrdersOfTwoUnderPro() {
    Learner learner = learner(Map.of("trainer.algorithm", "pro"));

    Lesson lesson =
        learner.learn(new ReceivedMinibatch(0, ToyShop.pairs(format, LINEAGE)), LINEAGE);

    assertThat(lesson.trained()).isTrue();
    assertThat(lesson.figures()).containsKeys("ranking_loss", "supervised_loss");
  }

  @Test
  void leavesOrdersOutUnderALossOfPairsAndCountsThem() {
    Learner learner = learner(Map.of("trainer.algorithm", "robust-dpo"));
    Minibatch orders = orders(List.of("sofa", "door lock"), 0, 1);
    Minibatch both =
        Minibatch.newBuilder(orders).setPairs(ToyShop.pairs(format, LINEAGE).getPairs()).build();

    Lesson mixed = learner.learn(new ReceivedMinibatch(0, both), LINEAGE);
    Lesson ordersOnly = learner.learn(new ReceivedMinibatch(1, orders), LINEAGE);

    assertThat(mixed.trained()).isTrue();
    assertThat(mixed.dropped()).containsExactly(Map.entry("order", 1L));
    assertThat(ordersOnly.trained()).isFalse();
    assertThat(ordersOnly.reason()).isEqualTo("other_algorithm");
    assertThat(ordersOnly.detail()).contains("assembly.orders");
  }

  @Test
  void refusesOrdersThatAreNone() {
    Learner learner = learner(Map.of("trainer.algorithm", "pro"));

    for (int[] levels : new int[][] {{0, 0}, {1, 0}, {0}}) {
      Lesson lesson =
          learner.learn(
              new ReceivedMinibatch(0, orders(List.of("sofa", "door lock"), levels)), LINEAGE);
      assertThat(lesson.reason()).as(Arrays.toString(levels)).isEqualTo("malformed");
      assertThat(lesson.detail()).startsWith("order/settee: order");
    }
    assertThat(state.step()).isZero();
  }

  @Test
  void comparesRewritesThemselvesUnderReferenceFreeDpo() {
    Minibatch pairs = ToyShop.pairs(format, LINEAGE);

    Lesson free =
        learner(Map.of("trainer.algorithm", "reference-free-dpo"))
            .learn(new ReceivedMinibatch(0, pairs), LINEAGE);

    // Against itself as the reference every margin would start at zero.
    assertThat(free.trained()).isTrue();
    assertThat(Math.abs(free.figures().get("margin_mean"))).isGreaterThan(.1);
  }

  @Test
  void poisonIsRefusedAndCountedByReasonAndTheNextMinibatchLearnsAsIfItHadNeverCome() {
    Learner learner = learner(Map.of());
    ReceivedMinibatch good = new ReceivedMinibatch(0, groups());
    learner.learn(good, LINEAGE);
    long step = state.step();

    assertThat(reasons(learner, poisoned(Float.NaN, .5), poisoned(-1e9f, .5)))
        .containsExactly("not_finite", "diverged");
    assertThat(reasons(learner, poisoned(-1, Double.NaN), poisoned(-1, 1e300)))
        .containsExactly("not_finite", "loss_not_finite");
    assertThat(state.step()).isEqualTo(step);
    Lesson after = learner.learn(good, LINEAGE);

    close();
    open();
    Learner unharmed = learner(Map.of());
    unharmed.learn(good, LINEAGE);
    assertThat(after.figures()).isEqualTo(unharmed.learn(good, LINEAGE).figures());
    assertThat(after.figures().get("grad_norm")).isGreaterThan(0);
  }

  @Test
  void figuresOfAnUntouchedPolicyAgreeWithItsSampler() {
    Lesson lesson = learner(Map.of()).learn(new ReceivedMinibatch(0, groups()), LINEAGE);

    assertThat(lesson.figures().get("ratio_mean")).isCloseTo(1, within(1e-6));
    assertThat(lesson.figures().get("reference_kl")).isCloseTo(0, within(1e-6));
  }

  private static List<String> reasons(Learner learner, Minibatch... minibatches) {
    return Arrays.stream(minibatches)
        .map(minibatch -> learner.learn(new ReceivedMinibatch(0, minibatch), LINEAGE).reason())
        .toList();
  }

  private Learner learner(Map<String, String> settings) {
    ConfigBinder binder = new ConfigBinder(settings);
    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    binder.finish();
    UpdateStep update =
        new UpdateStep(
            state.network(),
            reference,
            state.optimizer(),
            mask,
            config.updateSettings(format.maxRewriteTokens()));
    return new Learner(config, new MinibatchReader(format), update, state);
  }

  private static Minibatch groups() {
    PolicyArtifact artifact = warmStart.artifact(warmStart.network());
    return ToyShop.groups(
        artifact,
        warmStart.network().config(),
        0,
        LINEAGE,
        rewrite -> rewrite.length(),
        new RandomState(3));
  }

  /** The good groups with one member spoilt. */
  private static Minibatch poisoned(float logProb, double advantage) {
    Minibatch good = groups();
    RolloutGroup group = good.getGroups().get(0);
    List<GroupMember> members = new ArrayList<>(group.getMembers());
    float[] logProbs = Packed.floats(members.get(0).getLogProbs());
    logProbs[0] = logProb;
    members.set(
        0,
        GroupMember.newBuilder(members.get(0))
            .setLogProbs(Packed.floats(logProbs))
            .setAdvantage(advantage)
            .build());
    List<RolloutGroup> groups = new ArrayList<>(good.getGroups());
    groups.set(0, RolloutGroup.newBuilder(group).setMembers(members).build());
    return Minibatch.newBuilder(good).setGroups(groups).build();
  }

  private static Minibatch orders(List<String> rewrites, int... levels) {
    PartialOrder order =
        PartialOrder.newBuilder()
            .setOrderId("order/settee")
            .setPromptTokens(Packed.ints(format.prompt(QueryContext.of("settee"))))
            .setMembers(rewrites.stream().map(LearnerTest::member).toList())
            .setLevels(Packed.ints(levels))
            .build();
    return Minibatch.newBuilder()
        .setKind(MinibatchKind.PAIRS)
        .setLineage(LINEAGE)
        .setCreatedAt(Instant.EPOCH)
        .setOrders(List.of(order))
        .build();
  }

  private static GroupMember member(String rewrite) {
    int[] tokens = format.answer(rewrite).orElseThrow();
    return GroupMember.newBuilder()
        .setRolloutId(rewrite)
        .setTokenIds(Packed.ints(tokens))
        .setLogProbs(Packed.floats(new float[tokens.length]))
        .build();
  }
}
