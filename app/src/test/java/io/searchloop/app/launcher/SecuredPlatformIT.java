package io.searchloop.app.launcher;

import static io.searchloop.app.launcher.ListedRights.allowed;
import static io.searchloop.app.launcher.ListedRights.listed;
import static io.searchloop.app.launcher.ListedRights.literalTopic;
import static io.searchloop.app.launcher.ListedRights.read;
import static io.searchloop.app.launcher.ListedRights.topic;
import static io.searchloop.app.launcher.SecuredPlatform.commit;
import static io.searchloop.app.launcher.SecuredPlatform.writeAndAbort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.searchloop.app.acls.AclPlan;
import io.searchloop.app.acls.ComponentAcls;
import io.searchloop.app.acls.Grant;
import io.searchloop.app.audit.Audit;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.console.view.LoopView;
import io.searchloop.app.doctor.Diagnosis;
import io.searchloop.app.doctor.Finding;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.access.AccessRemedy;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.storefront.Delivery;
import io.searchloop.storefront.StorefrontProducer;
import io.searchloop.storefront.StorefrontSettings;
import io.searchloop.streams.ServingConfig;
import io.searchloop.streams.ServingWorker;
import io.searchloop.streams.control.KafkaControlAppender;
import io.searchloop.streams.signal.ProducerSettings;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import io.searchloop.trainer.publish.PolicyPublisher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Components on a broker that asks for TLS, SASL and rights, and a registry that asks for TLS and a
 * password, each with the client file and the rights of its own user and no more.
 */
class SecuredPlatformIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

  @TempDir static Path directory;
  private static SecuredPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LOGGED.start();
    root.addAppender(LOGGED);
    root.setLevel(Level.INFO); // Kafka's clients tell all their settings
    platform = new SecuredPlatform(directory);
  }

  @AfterAll
  static void stop() {
    platform.close();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(LOGGED);
    root.setLevel(Level.WARN);
    assertThat(List.copyOf(LOGGED.list))
        .as("what was logged, Kafka's settings among it")
        .anySatisfy(event -> assertThat(text(event)).contains("sasl.jaas.config"))
        .allSatisfy(event -> assertThat(text(event)).doesNotContain(SecuredListener.SECRET));
  }

  static List<ComponentAcls> components() {
    return AclPlan.COMPONENTS;
  }

  @ParameterizedTest
  @MethodSource("components")
  void mayDoWhatIsListed(ComponentAcls component) {
    Brokers as = platform.brokers(component.component());
    List<String> written =
        component.grants().stream()
            .filter(grant -> literalTopic(grant) && grant.operations().contains(AclOperation.WRITE))
            .map(Grant::name)
            .toList();
    String read = read(component);
    for (Grant grant : component.grants()) {
      if (literalTopic(grant) && grant.operations().contains(AclOperation.READ)) {
        assertThatCode(
                () ->
                    TopicLog.readAll(
                        topic(grant.name()), as, platform.serdes(component.component())))
            .as("reads " + grant.words())
            .doesNotThrowAnyException();
      }
      if (grant.resource() == ResourceType.GROUP
          && grant.operations().contains(AclOperation.READ)
          && !component.component().equals("worker")) { // whose group is of Kafka Streams alone
        assertThatCode(() -> commit(as, grant.name(), read)).doesNotThrowAnyException();
      }
      if (grant.resource() == ResourceType.TRANSACTIONAL_ID) {
        assertThatCode(() -> writeAndAbort(as, grant.name() + "-0-1", written))
            .as("writes in " + grant.words())
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("components")
  void mayDoNothingElseToTopics(ComponentAcls component) throws Exception {
    Map<String, Set<AclOperation>> found = new HashMap<>();
    Map<String, Set<AclOperation>> listed = new HashMap<>();
    List<String> names = Topics.ALL.stream().map(Topic::name).toList();
    try (Admin admin = Admin.create(platform.brokers(component.component()).with(Map.of()))) {
      var described =
          admin
              .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (String name : names) {
        found.put(name, allowed(described.get(name)));
        listed.put(name, listed(component, name));
      }
    }
    assertThat(found).isEqualTo(listed);
  }

  @Test
  void refusesByNameWhatIsNotListed() {
    assertThatThrownBy(
            () ->
                TopicLog.readAll(
                    Topics.DECISIONS,
                    platform.brokers("storefront"),
                    platform.serdes("storefront")))
        .isInstanceOf(TopicAuthorizationException.class)
        .satisfies(
            refused ->
                assertThat(AccessRemedy.explain(refused))
                    .contains(Topics.DECISIONS.name(), "./searchloop topics acls"));
    String trainer = PolicyPublisher.TRANSACTIONAL_ID;
    assertThatThrownBy(() -> writeAndAbort(platform.brokers("minibatch-job"), trainer, List.of()))
        .isInstanceOf(TransactionalIdAuthorizationException.class);
    assertThatThrownBy(() -> platform.decide("worker"))
        .hasCauseInstanceOf(ExecutionException.class)
        .hasMessageContaining("Not authorized");
  }

  @Test
  void aWorkerServesCountsAndStores() throws Exception {
    Map<String, String> settings =
        Map.of(
            "serving.port", "0",
            "serving.trusted-keys", "unsigned",
            "serving.drain", "PT1S");
    ServingConfig config = new ConfigBinder(settings).bind("serving", ServingConfig.class);
    try (ServingWorker worker =
        new ServingWorker(
            config,
            platform.brokers("worker"),
            platform.serdes("worker"),
            InstantSource.system(),
            new SplittableRandom(1))) {
      worker.start();
      String base = "http://127.0.0.1:" + worker.port();
      Eventually.present(
          () ->
              get(base + "/readyz").filter(ready -> ready.contains("\"catalogue_indexed\":true")));
      String event =
          "{\"events\":[{\"action_name\":\"click\",\"query_id\":\"q\",\"client_id\":\"c\",\"object_id\":\"p\",\"timestamp\":%d}]}"
              .formatted(Instant.now().toEpochMilli());
      assertThat(post(base + "/v1/events", event)).contains("\"accepted\":1");
      String query = "{\"query\":\"red shoes\",\"client_id\":\"c\"}";
      assertThat(post(base + "/v1/search", query)).contains("query_id");
      Eventually.present(
          () -> get(base + "/v1/head-queries").filter(heads -> heads.contains("\"query\"")));
      assertThat(worker.status().signalLost().values()).allMatch(lost -> lost == 0);
    }
  }

  @Test
  void ordersOfWorkersAreStoredWithTheRightForThem() throws Exception {
    ProducerSettings producers = new ProducerSettings(platform.brokers("worker-orders"));
    PolicyControl order =
        PolicyControl.newBuilder()
            .setDecisionId("of-this-test")
            .setAction(ControlAction.FREEZE)
            .setWho("anna")
            .setWhy("as tested")
            .setTimestamp(Instant.now())
            .setExpectedHead(4711) // void
            .build();
    try (KafkaControlAppender orders =
        new KafkaControlAppender(
            () -> producers.decisions("orders"), platform.serdes("worker-orders"))) {
      assertThat(orders.append(order).get(1, TimeUnit.MINUTES)).isNotNegative();
    }
  }

  @Test
  void anOperatorLooksDecidesAndAudits() {
    LoopConnection loop =
        new LoopConnection(platform.brokers("operator"), platform.serdes("operator"));
    LoopView.start(loop, InstantSource.system(), Duration.ofMinutes(1)).close();
    platform.decide("operator");
    platform.decide("policy-health-job");

    assertThat(
            new Audit(loop.brokers(), loop.serdes(), KafkaMinibatchSource.GROUP).run().violations())
        .isEmpty();
  }

  @Test
  void aShopSendsEvents() throws Exception {
    StorefrontSettings settings =
        StorefrontSettings.of(platform.bootstrapServers(), platform.registryUrl())
            .withClients(platform.clients(AclPlan.PREFIX + "storefront"));
    SearchEvent event =
        SearchEvent.newBuilder()
            .setEventId("e")
            .setClientId("c")
            .setQueryId("q")
            .setObjectId("p")
            .setActionName("click")
            .setTimestamp(Instant.now())
            .build();
    try (StorefrontProducer shop = StorefrontProducer.connect(settings)) {
      assertThat(shop.send(event).get(1, TimeUnit.MINUTES)).isInstanceOf(Delivery.Stored.class);
    }
  }

  @Test
  void theDoctorFindsAllWellAndNamesTheRemedyWhereNot() throws Exception {
    String user = AclPlan.PREFIX + "setup";
    Diagnosis well = platform.examine(platform.listener.client(user));
    Files.writeString(directory.resolve("wrong.password"), SecuredListener.SECRET + "-but-wrong");
    Diagnosis wrong =
        platform.examine(platform.listener.client("wrong", user, platform.listener.store()));
    Path stranger = directory.resolve("stranger.p12");
    SecuredListener.certify(stranger);
    Files.copy(directory.resolve(user + ".password"), directory.resolve("stranger.password"));
    Path untrusting = platform.listener.client("stranger", user, stranger);
    Diagnosis untrusted = platform.examine(untrusting);

    assertThat(well.healthy()).as("%s", well).isTrue();
    assertThat(remedy("Kafka", wrong)).contains("sasl.jaas.config", "--client-config");
    assertThat(remedy("registry", wrong)).contains("basic.auth.user.info");
    assertThat(remedy("Kafka", untrusted)).contains("ssl.truststore.location");
    assertThat(remedy("registry", untrusted)).contains("schema.registry.ssl.truststore.location");
    assertThat(List.of(well, wrong, untrusted).toString()).doesNotContain(SecuredListener.SECRET);
    ClientConfig clients = ClientConfig.of(untrusting.toString());
    assertThatThrownBy(
            () ->
                PolicyHistory.read(
                    platform.brokers("operator"), clients.serdes(platform.registryUrl(), false)))
        .as("also where a command reads")
        .satisfies(
            refused ->
                assertThat(AccessRemedy.explain(refused))
                    .contains("schema.registry.ssl.truststore.location"));
  }

  private static String remedy(String check, Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .map(Finding::remedy)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> get(String address) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
    return Optional.of(answer.body());
  }

  private static String post(String address, String body) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
