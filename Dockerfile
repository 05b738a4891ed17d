# syntax=docker/dockerfile:1
# Build:  docker build -t zamok .
# Run:    docker run --read-only --tmpfs /tmp -p 8443:8443 -v zamok-data:/var/lib/zamok/data -v zamok-keys:/var/lib/zamok/keys zamok
# Checked for syntax, not run.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -q -DskipTests -pl app -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home zamok \
    && install -d -o zamok -g zamok -m 0700 /var/lib/zamok/data /var/lib/zamok/keys
COPY --from=build /src/app/target/lib/ /opt/zamok/lib/
COPY --from=build /src/app/target/zamok-app.jar /opt/zamok/lib/
USER zamok
WORKDIR /var/lib/zamok
ENV MALLOC_ARENA_MAX=1
EXPOSE 8443
VOLUME ["/var/lib/zamok/data", "/var/lib/zamok/keys"]
ENTRYPOINT ["java", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-Djdk.tls.server.enableSessionTicketExtension=false", \
    "-Dio.netty.handler.ssl.openssl.bioNonApplicationBufferSize=256", \
    "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=70", \
    "-cp", "/opt/zamok/lib/*", "dev.zamok.app.Main"]
CMD ["serve", "--listen", "0.0.0.0:8443", "--data", "/var/lib/zamok/data", "--keys", "/var/lib/zamok/keys"]
