# One image with all programs; each service of docker-compose.yml starts the one it is.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN mvn --batch-mode -DskipTests package

FROM eclipse-temurin:25-jre
# The worker is started with it; better to miss it here than there.
RUN java --list-modules | grep -q '^jdk.incubator.vector@'
RUN useradd --system --uid 10001 --create-home keyswitch \
    && mkdir -p /data/credentials /data/evaluation-keys /data/holder \
    && chown -R keyswitch /data && chmod -R 700 /data
COPY --from=build /source/standalone/target/keyswitch /opt/keyswitch
USER keyswitch
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70"
