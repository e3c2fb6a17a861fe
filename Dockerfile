# One image for each host: docker build --build-arg HOST=command-service -t foldstream/command-service .
# Domains of your own: put their jars into /foldstream/domains.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
# All hosts at once, so that the four images share this stage.
RUN ./mvnw -B -q -ntp -Dmaven.test.skip=true -pl command-service,query-service,projector,topology-service,commerce -am package \
 && for host in command-service query-service projector topology-service; do \
      mkdir -p "/hosts/$host" \
      && cp $(tr ':' ' ' < "$host/target/classpath.txt") "$host"/target/foldstream-*.jar commerce/target/foldstream-*.jar "/hosts/$host/" \
      || exit 1; \
    done

FROM eclipse-temurin:25-jre
ARG HOST
RUN test -n "$HOST" || { echo "Wanted --build-arg HOST=command-service, query-service, projector or topology-service" >&2; exit 1; } \
 && mkdir -p /foldstream/domains /foldstream/state \
 && chown -R 10001:10001 /foldstream/state
COPY --from=build /hosts/${HOST} /foldstream/lib
ENV HOST=${HOST} \
    MICRONAUT_SERVER_HOST=0.0.0.0 \
    FOLDSTREAM_STATE_DIRECTORY=/foldstream/state \
    JAVA_OPTIONS="-XX:MaxRAMPercentage=70"
USER 10001
VOLUME /foldstream/state
# The main class is dev.foldstream.<host without its hyphen>.Main.
ENTRYPOINT ["/bin/sh", "-c", "exec java $JAVA_OPTIONS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp '/foldstream/lib/*:/foldstream/domains/*' dev.foldstream.$(echo \"$HOST\" | tr -d -).Main"]
