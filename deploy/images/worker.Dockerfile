# A serving worker: Kafka Streams, ONNX Runtime, Lucene and HTTP; no libtorch, no Flink.
# On a GPU: --build-arg PROFILES=image,cuda --build-arg BASE=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04
ARG BASE=ubuntu:22.04

FROM eclipse-temurin:17-jdk-jammy AS build
ARG PROFILES=image
WORKDIR /searchloop
COPY . .
RUN ./mvnw -q -B -Dquick -Dmaven.test.skip=true -P${PROFILES} -pl streams -am package \
  && cp streams/target/searchloop-streams-*.jar streams/target/image/

FROM eclipse-temurin:17-jre-jammy AS java

FROM ${BASE}
COPY --from=java /opt/java/openjdk /opt/java/openjdk
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/searchloop searchloop
COPY --from=build /searchloop/streams/target/image /opt/searchloop/lib
COPY --from=build /searchloop/app/src/main/resources/logback.xml /etc/searchloop/logback.xml
ENV SEARCHLOOP_LOG=json
USER 10001
EXPOSE 8080
# Heap and native memory (sessions, direct buffers) share the container's limit.
ENTRYPOINT ["/opt/java/openjdk/bin/java", "-XX:MaxRAMPercentage=50", "-Xss2m", "-XX:+ExitOnOutOfMemoryError", \
  "-Dlogback.configurationFile=/etc/searchloop/logback.xml", "-cp", "/opt/searchloop/lib/*", "io.searchloop.streams.ServingMain"]
CMD ["/etc/searchloop/worker.properties"]
