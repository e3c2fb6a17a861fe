.DEFAULT_GOAL := help
.PHONY: help run demo fresh test verify format schemas bench bench-write bench-read bench-query bench-topologies bench-restore load

help: ## print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## start everything on this machine and print where it runs
	./run

demo: ## the same, with a small simulated shop that trades until stopped
	./run --demo

fresh: ## the same, from an empty data directory
	./run --fresh

test: ## run the tests of the pure modules: seconds, no servers
	./mvnw -B -q -ntp -pl kernel,testkit,commerce -am test

verify: ## build and test everything on real parts, as CI does
	./mvnw -B -ntp verify

format: ## format all Java code
	./mvnw -B -q -ntp spotless:apply

schemas: ## write the schema file of each new command and event record of commerce
	./mvnw -B -q -ntp -pl schemas,commerce -am -Pwrite-schemas process-classes

bench: ## measure the codec with JMH (minutes)
	./mvnw -B -q -ntp -pl benchmarks -am -DskipTests package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -jar benchmarks/target/benchmarks.jar

bench-write: ## measure commands beside a hand-written table and Axon (12 minutes): OPTIONS="--only table,in-process"
	./mvnw -B -q -ntp -Ppeers -pl benchmarks,benchmarks/axon,command-service -am -Dmaven.test.skip=true package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -Dfoldstream.root="$(CURDIR)" -cp "benchmarks/target/benchmarks.jar:benchmarks/target/lib/*" \
	  dev.foldstream.benchmarks.write.WriteBenchmark $(OPTIONS)

bench-read: ## measure views beside Debezium's JDBC sink and bare writes (15 minutes): OPTIONS="--only debezium,live"
	./mvnw -B -q -ntp -Ppeers -pl benchmarks,benchmarks/debezium,command-service,query-service -am -Dmaven.test.skip=true package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -Dfoldstream.root="$(CURDIR)" -cp "benchmarks/target/benchmarks.jar:benchmarks/target/lib/*" \
	  dev.foldstream.benchmarks.read.ReadBenchmark $(OPTIONS)

bench-query: ## measure queries beside a bare server of the same SQL (8 minutes): OPTIONS="--only row-bare,row"
	./mvnw -B -q -ntp -pl benchmarks,query-service -am -Dmaven.test.skip=true package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -Dfoldstream.root="$(CURDIR)" -cp "benchmarks/target/benchmarks.jar:benchmarks/target/lib/*" \
	  dev.foldstream.benchmarks.query.QueryBenchmark $(OPTIONS)

bench-topologies: ## measure topologies as documents beside the same by hand, and 50 in one process (6 minutes): OPTIONS="--only filter"
	./mvnw -B -q -ntp -pl benchmarks,topology-service -am -Dmaven.test.skip=true package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -Dfoldstream.root="$(CURDIR)" -cp "benchmarks/target/benchmarks.jar:benchmarks/target/lib/*" \
	  dev.foldstream.benchmarks.topologies.TopologyBenchmark $(OPTIONS)

bench-restore: ## measure what a restart costs: AGGREGATES=300000 COMMANDS=1
	./mvnw -B -q -ntp -pl benchmarks -am -Dmaven.test.skip=true package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -cp benchmarks/target/benchmarks.jar \
	  dev.foldstream.benchmarks.restore.RestoreBenchmark \
	  --aggregates $(or $(AGGREGATES),300000) --commands $(or $(COMMANDS),1)

load: ## measure commands over HTTP against a running ./run: CALLERS=32 SECONDS=20
	./mvnw -B -q -ntp -pl benchmarks -am -Dmaven.test.skip=true package
	. .mvn/find-jdk.sh && "$$JAVA_HOME/bin/java" -cp benchmarks/target/benchmarks.jar \
	  dev.foldstream.benchmarks.CommandLoad $(or $(CALLERS),32) $(or $(SECONDS),20)
