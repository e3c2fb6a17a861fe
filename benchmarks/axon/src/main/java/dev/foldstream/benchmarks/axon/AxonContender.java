package dev.foldstream.benchmarks.axon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.benchmarks.write.Contender;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Locale;
import java.util.Map;
import org.axonframework.conversion.Converter;
import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateBasedJpaEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.core.unitofwork.transaction.TransactionManager;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * Axon Framework 5 on PostgreSQL through JPA, without Spring: the same wallet, the same records.
 *
 * <p>Arguments: the JDBC URL, user, password, the postmaster's pid, the rounds.
 */
public final class AxonContender {

  private static final int CONNECTIONS = 16;

  private AxonContender() {}

  /** Asks a wallet. */
  public record Add(@TargetEntityId String id, long amount, String note) {}

  /** Happened to a wallet. */
  public record Added(@EventTag(key = "Wallet") String id, long amount, String note) {}

  /** The entity, as Axon's own examples write it. */
  @EventSourcedEntity(tagKey = "Wallet")
  public static class Wallet {
    private long balance;

    @EntityCreator
    public Wallet() {}

    @CommandHandler
    void handle(Add command, EventAppender appender) {
      if (balance + command.amount() < 0) {
        throw new IllegalStateException("a balance below zero");
      }
      appender.append(new Added(command.id(), command.amount(), command.note()));
    }

    @EventSourcingHandler
    void on(Added event) {
      balance += event.amount();
    }
  }

  public static void main(String[] arguments) throws Exception {
    var config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername(arguments[1]);
    config.setPassword(arguments[2]);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setAutoCommit(false);
    try (var connections = new HikariDataSource(config);
        var entities = entities(connections)) {
      var transactions = new ThreadTransactions(entities);
      var axon = start(transactions);
      new Contender(
              "Axon 5.0.1 on PostgreSQL",
              aggregate ->
                  axon.sendAndWait(
                      new Add(
                          String.format(Locale.ROOT, "wallet-%08d", aggregate),
                          7,
                          WalletDomain.NOTE)),
              Thread.ofPlatform().factory(),
              Long.parseLong(arguments[3]),
              Contender.Rounds.parse(arguments[4]))
          .run();
    }
    System.exit(0);
  }

  private static EntityManagerFactory entities(HikariDataSource connections) {
    return Persistence.createEntityManagerFactory(
        "axon",
        Map.of(
            "jakarta.persistence.nonJtaDataSource",
            connections,
            "hibernate.dialect",
            ByteaDialect.class.getName(),
            "hibernate.hbm2ddl.auto",
            "update",
            "hibernate.connection.provider_disables_autocommit",
            true));
  }

  private static CommandGateway start(ThreadTransactions transactions) {
    return EventSourcingConfigurer.create()
        .componentRegistry(
            components ->
                components
                    .registerComponent(TransactionManager.class, c -> transactions)
                    .registerComponent(Converter.class, c -> new JacksonConverter()))
        .registerEntity(EventSourcedEntityModule.autodetected(String.class, Wallet.class))
        .registerEventStorageEngine(
            c ->
                new AggregateBasedJpaEventStorageEngine(
                    transactions::current,
                    transactions,
                    c.getComponent(EventConverter.class),
                    engine -> engine.persistenceExceptionResolver(new SQLStateResolver())))
        .start()
        .getComponent(CommandGateway.class);
  }
}
