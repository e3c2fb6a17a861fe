package dev.foldstream.benchmarks.query;

import dev.foldstream.benchmarks.load.ClosedLoop;
import dev.foldstream.benchmarks.load.Contest;
import dev.foldstream.benchmarks.load.Measured;
import dev.foldstream.benchmarks.load.Options;
import dev.foldstream.benchmarks.load.ProcessorTime;
import dev.foldstream.benchmarks.write.Contender.Rounds;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks the query-service and a bare server the same questions of the same PostgreSQL, in turns and
 * in the same run. Own processor time is that of the server that answers.
 */
public final class QueryBenchmark {

  private static final String HELP =
      """
      Usage: QueryBenchmark [--only NAME,...] [--rounds SECONDS,WARM-UP,REPEATS,CALLERS:...]
        --only    of row-bare, row, row-token, row-cached, page-bare, page, page-next, events,
                  state (all)
        --rounds  4,15,3,1:8
        --in      a directory that keeps the rows for the next call (a new one)
        --jvm     one more option for the JVM of the query-service, for a profile
        --fill    only: fills the directory and measures nothing
      """;
  private static final String ALL =
      "row-bare,row,row-token,row-cached,page-bare,page,page-next,events,state";
  private static final int WARMING = 8;

  private final Rounds rounds;
  private final long postgresPid;
  private final Map<String, Question> questions;
  private final Contest<Measured> contest;

  private QueryBenchmark(
      Rounds rounds, long postgresPid, Map<String, Question> questions, Contest<Measured> contest) {
    this.rounds = rounds;
    this.postgresPid = postgresPid;
    this.questions = questions;
    this.contest = contest;
  }

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    if (options.askForHelp()) {
      System.out.print(HELP);
      return;
    }
    String in = options.text("--in", "");
    Path directory =
        in.isEmpty() ? Files.createTempDirectory("foldstream-query") : Path.of(in).toAbsolutePath();
    try (var services = DevServices.builder(directory).build()) {
      services.start(Part.POSTGRESQL, Part.REGISTRY);
      Database database = Database.filledOnce(directory, services);
      if (!options.text("--fill", "and measure").equals("only")) {
        measure(directory, services, database, options);
      }
    }
  }

  private static void measure(
      Path directory, DevServices services, Database database, Options options)
      throws IOException, InterruptedException {
    String registry = services.registry().url();
    String jvm = options.text("--jvm", "-Xshare:auto");
    try (var bare = Server.bare(directory.resolve("bare"), database);
        var plain = Server.queryService(directory.resolve("plain"), database, registry, 0, jvm);
        var caching =
            Server.queryService(
                directory.resolve("caching"), database, registry, Question.HOT_ROWS, jvm);
        var asked = new Questions(bare, plain, caching)) {
      var contest =
          new Contest<>(Measured.header(), Measured::parse, Measured::median, "-Xshare:auto");
      new QueryBenchmark(
              Rounds.parse(options.text("--rounds", "4,15,3,1:8")),
              services.postgres().pid(),
              asked.byName(),
              contest)
          .run(options.names("--only", ALL));
      contest.medians();
    }
  }

  /** In turns, so that what disturbs the machine disturbs all. */
  private void run(List<String> names) throws InterruptedException {
    for (String name : names) {
      loop(name).warmUp(question(name), WARMING, Duration.ofSeconds(rounds.warmUpSeconds()));
    }
    for (int repeat = 0; repeat < rounds.repeats(); repeat++) {
      for (int callers : rounds.callers()) {
        for (String name : names) {
          contest.take(
              loop(name).measure(question(name), callers, Duration.ofSeconds(rounds.seconds())));
        }
      }
    }
  }

  private ClosedLoop loop(String name) {
    Question question = question(name);
    return new ClosedLoop(
        name,
        question.keys(),
        Thread.ofVirtual().factory(),
        () -> ProcessorTime.micros(question.serverPid()),
        () -> ProcessorTime.micros(postgresPid));
  }

  private Question question(String name) {
    Question question = questions.get(name);
    if (question == null) {
      throw new IllegalArgumentException("unknown question " + name + "\n" + HELP);
    }
    return question;
  }
}
