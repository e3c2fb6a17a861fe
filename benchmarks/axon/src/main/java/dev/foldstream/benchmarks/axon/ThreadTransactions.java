package dev.foldstream.benchmarks.axon;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.axonframework.messaging.core.unitofwork.transaction.Transaction;
import org.axonframework.messaging.core.unitofwork.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/** One entity manager for each thread with an open transaction; another one asked for joins it. */
final class ThreadTransactions implements TransactionManager {

  private static final ThreadLocal<@Nullable EntityManager> OPEN = new ThreadLocal<>();

  private final EntityManagerFactory factory;

  ThreadTransactions(EntityManagerFactory factory) {
    this.factory = factory;
  }

  @Override
  public boolean requiresSameThreadInvocations() {
    return true;
  }

  @Override
  public Transaction startTransaction() {
    if (OPEN.get() != null) {
      return new Joined();
    }
    EntityManager entities = factory.createEntityManager();
    entities.getTransaction().begin();
    OPEN.set(entities);
    return new Own(entities);
  }

  /** The one of this thread, whose {@code close} does nothing; else one for a single call. */
  EntityManager current() {
    EntityManager entities = OPEN.get();
    return entities == null ? factory.createEntityManager() : keptOpen(entities);
  }

  private static EntityManager keptOpen(EntityManager entities) {
    return (EntityManager)
        Proxy.newProxyInstance(
            ThreadTransactions.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(entities, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
              }
            });
  }

  private record Joined() implements Transaction {
    @Override
    public void commit() {}

    @Override
    public void rollback() {}
  }

  private record Own(EntityManager entities) implements Transaction {
    @Override
    public void commit() {
      OPEN.remove();
      try {
        entities.getTransaction().commit();
      } finally {
        entities.close();
      }
    }

    @Override
    public void rollback() {
      OPEN.remove();
      try {
        if (entities.getTransaction().isActive()) {
          entities.getTransaction().rollback();
        }
      } finally {
        entities.close();
      }
    }
  }
}
