# The trainer: libtorch and ONNX Runtime; no Flink, no HTTP but /metrics and /livez.
FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /searchloop
COPY . .
RUN ./mvnw -q -B -Dquick -Dmaven.test.skip=true -Pimage -pl trainer -am package \
  && cp trainer/target/searchloop-trainer-*.jar trainer/target/image/

FROM eclipse-temurin:17-jre-jammy
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/searchloop searchloop
COPY --from=build /searchloop/trainer/target/image /opt/searchloop/lib
COPY --from=build /searchloop/app/src/main/resources/logback.xml /etc/searchloop/logback.xml
ENV SEARCHLOOP_LOG=json
USER 10001
EXPOSE 9465
# Weights live outside the heap, so it gets a quarter; libtorch may take what the container has.
ENTRYPOINT ["/opt/java/openjdk/bin/java", "-XX:MaxRAMPercentage=25", "-Xss2m", "-XX:+ExitOnOutOfMemoryError", \
  "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", \
  "-Dlogback.configurationFile=/etc/searchloop/logback.xml", "-cp", "/opt/searchloop/lib/*", "io.searchloop.trainer.TrainerMain"]
CMD ["/etc/searchloop/trainer.properties"]
