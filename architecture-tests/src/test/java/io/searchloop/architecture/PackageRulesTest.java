package io.searchloop.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The package rules of docs/adr/0001: who may know whom. */
@AnalyzeClasses(packages = "io.searchloop", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageRulesTest {
  private static final String KAFKA = "org.apache.kafka..";
  private static final String FLINK = "org.apache.flink..";
  private static final String ONNX_RUNTIME = "ai.onnxruntime..";
  private static final String LIBTORCH = "org.bytedeco..";
  private static final String BROKERS = "io.searchloop.schemas.client.Brokers";
  private static final List<String> KAFKA_CLIENTS =
      List.of("KafkaProducer", "KafkaConsumer", "Admin", "KafkaStreams");

  @ArchTest
  static final ArchRule schemasKnowNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("io.searchloop.schemas..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.searchloop..")
                  .and(DescribedPredicate.not(resideInAPackage("io.searchloop.schemas.."))));

  @ArchTest
  static final ArchRule storefrontsNeedTheSchemasAlone =
      noClasses()
          .that()
          .resideInAPackage("io.searchloop.storefront..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.searchloop..")
                  .and(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          resideInAnyPackage(
                              "io.searchloop.storefront..", "io.searchloop.schemas.."))));

  @ArchTest
  static final ArchRule policyAndSearchKnowNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("io.searchloop.policy..")
          .or()
          .resideInAPackage("io.searchloop.search..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.searchloop.schemas..",
                      "io.searchloop.learning..",
                      "io.searchloop.jobs..",
                      "io.searchloop.trainer..",
                      "io.searchloop.streams..",
                      "io.searchloop.app..")
                  // Settings are bound alike everywhere.
                  .and(DescribedPredicate.not(resideInAPackage("io.searchloop.schemas.config.."))));

  @ArchTest
  static final ArchRule pureModulesKnowNoFramework =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.searchloop.policy..", "io.searchloop.search..", "io.searchloop.learning..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(KAFKA, FLINK, ONNX_RUNTIME, LIBTORCH));

  @ArchTest static final ArchRule jobsStandAlone = standsAlone("jobs", "trainer", "streams");

  @ArchTest static final ArchRule trainerStandsAlone = standsAlone("trainer", "jobs", "streams");

  @ArchTest static final ArchRule streamsStandAlone = standsAlone("streams", "jobs", "trainer");

  @ArchTest
  static final ArchRule nothingKnowsTheApp =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.searchloop.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.searchloop.app..");

  @ArchTest
  static final ArchRule libtorchStaysInItsPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.searchloop.trainer.network..",
              "io.searchloop.trainer.loss..",
              "io.searchloop.trainer.checkpoint..",
              "io.searchloop.trainer.export..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LIBTORCH);

  @ArchTest
  static final ArchRule onnxRuntimeStaysInItsPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.searchloop.streams.inference..", "io.searchloop.trainer.export..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ONNX_RUNTIME);

  @ArchTest
  static final ArchRule onlyTheJobsIoPackageKnowsKafka =
      noClasses()
          .that()
          .resideInAPackage("io.searchloop.jobs..")
          .and()
          .resideOutsideOfPackage("io.searchloop.jobs.io..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(KAFKA);

  /** A client opened otherwise works on a laptop and is refused by every broker that asks. */
  @ArchTest
  static final ArchRule everyKafkaClientIsOpenedWithBrokers =
      noClasses()
          .that(DescribedPredicate.not(knowBrokers()))
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "opens a Kafka client",
                  call ->
                      KAFKA_CLIENTS.contains(call.getTargetOwner().getSimpleName())
                          && call.getTargetOwner().getPackageName().startsWith("org.apache.kafka")
                          && List.of("<init>", "create").contains(call.getName())));

  @ArchTest
  static final ArchRule httpServersStayAtTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.searchloop.streams.http..",
              "io.searchloop.trainer.metrics..",
              "io.searchloop.app.console..",
              "io.searchloop.app.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("io.searchloop.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Main")
          .and()
          .haveSimpleNameNotEndingWith("Command")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule randomnessIsSeeded =
      noClasses()
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(Random.class);

  @ArchTest
  static final ArchRule packagesSayWhatTheyAreFor =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked");

  private static DescribedPredicate<JavaClass> knowBrokers() {
    return DescribedPredicate.describe(
        "know " + BROKERS,
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().getName().equals(BROKERS)));
  }

  private static ArchRule standsAlone(String module, String... others) {
    String[] packages = new String[others.length];
    for (int i = 0; i < others.length; i++) {
      packages[i] = "io.searchloop." + others[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage("io.searchloop." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
