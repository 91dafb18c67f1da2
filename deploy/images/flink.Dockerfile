# Flink with the jobs. The Prometheus reporter is a plugin of Flink's own image.
FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /searchloop
COPY . .
RUN ./mvnw -q -B -Dquick -Dmaven.test.skip=true -Pexternal -pl flink-jobs -am package \
  && cp flink-jobs/target/*-flink.jar /searchloop-jobs.jar

FROM flink:2.3.0-java17
COPY --from=build --chown=flink:flink /searchloop-jobs.jar /opt/flink/usrlib/searchloop-jobs.jar
COPY --chown=flink:flink deploy/images/submit-jobs.sh /opt/flink/bin/submit-jobs.sh
RUN mkdir -p /flink && chown flink:flink /flink
