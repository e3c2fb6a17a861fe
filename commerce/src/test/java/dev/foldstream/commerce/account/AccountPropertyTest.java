package dev.foldstream.commerce.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.account.Account.NotOpen;
import dev.foldstream.commerce.account.Account.Open;
import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.DepositMoney;
import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.testkit.RepeatedCommands;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AccountPropertyTest {

  private static final CommandContext CONTEXT =
      new CommandContext(
          "c-1",
          Instant.parse("2026-03-02T12:00:00Z"),
          new Metadata("m-1", "m-1", null, Metadata.ANONYMOUS));

  @Property(tries = 500)
  void every_command_but_a_deposit_repeated_at_once_yields_no_events(
      @ForAll("commands") List<AccountCommand> commands) {
    RepeatedCommands.of(new AccountDecider())
        .except(DepositMoney.class::isInstance)
        .run(commands, CONTEXT);
  }

  @Property(tries = 500)
  void a_balance_is_never_negative_and_has_two_places(
      @ForAll("commands") List<AccountCommand> commands) {
    RepeatedCommands.of(new AccountDecider())
        .except(_ -> true)
        .keeping(AccountPropertyTest::isSound)
        .run(commands, CONTEXT);
  }

  private static void isSound(Account account) {
    switch (account) {
      case NotOpen _ -> {}
      case Open a -> {
        assertThat(a.balance()).isNotNegative();
        assertThat(a.balance().scale()).isEqualTo(2);
        assertThat(a.charges()).allMatch(charge -> charge.amount().signum() > 0);
        assertThat(a.charges()).extracting(Account.Charge::orderId).doesNotHaveDuplicates();
      }
    }
  }

  @Provide
  Arbitrary<List<AccountCommand>> commands() {
    var orders = Arbitraries.of("o-1", "o-2", "o-3");
    var amounts = Arbitraries.of("-1", "0", "0.01", "5", "5.5", "20").map(BigDecimal::new);
    var currencies = Arbitraries.of("EUR", "USD").injectNull(0.7);
    Arbitrary<AccountCommand> one =
        Arbitraries.oneOf(
            Arbitraries.of("EUR", "USD").map(code -> new OpenAccount("Ada", "a@example.com", code)),
            Combinators.combine(amounts, currencies).as(DepositMoney::new),
            Combinators.combine(orders, amounts, currencies).as(ChargeAccount::new),
            orders.map(RefundCharge::new));
    return one.list().ofMaxSize(30);
  }
}
