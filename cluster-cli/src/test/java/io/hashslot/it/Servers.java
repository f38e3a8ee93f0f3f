package io.hashslot.it;

import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * The processes of a test class, as a static extension: what is started before all tests lives
 * until the last has ended, what a test starts ends with it. When a test fails, the story of every
 * process is added to its failure and the folders stay.
 */
final class Servers
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private final List<ServerProcess> processes = new CopyOnWriteArrayList<>();
  private final List<Path> folders = new ArrayList<>();
  private int shared;
  private boolean failed;

  /** Nested test classes report their beginning and end here too. */
  private int nesting;

  /** Describes a server of a cluster; {@link ServerProcess#launch} starts it. */
  ServerProcess server(Program program, String... options) {
    return server(program, Reach.ASKED_FOR, options);
  }

  /** The same for one that is reached in a way of its own. */
  ServerProcess server(Program program, Reach reach, String... options) {
    return server(program, reach.place(), reach, options);
  }

  /** The same in another place, which has an address only. */
  ServerProcess server(Program program, Place place, String... options) {
    return server(program, place, Reach.ASKED_FOR.withoutNames(), options);
  }

  private ServerProcess server(Program program, Place place, Reach reach, String... options) {
    program.require();
    int port = Ports.next();
    var server = new ServerProcess(program, place, reach, port, folder(), List.of(options));
    processes.add(server);
    return server;
  }

  /** Starts servers, all at once, and waits until they answer. */
  List<ServerProcess> start(Program program, int count, String... options) {
    List<ServerProcess> servers =
        Stream.generate(() -> server(program, options)).limit(count).toList();
    servers.forEach(ServerProcess::launch);
    servers.forEach(ServerProcess::awaitAnswer);
    return servers;
  }

  /** A new, empty folder. */
  Path folder() {
    try {
      Path folder = LastWill.temporaryFolder("hashslot-it-");
      folders.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    nesting++;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    shared = processes.size();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    endFrom(shared);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (--nesting > 0) return;
    endFrom(0);
    folders.forEach(failed ? LastWill::keep : LastWill::delete);
  }

  /** Ends all servers before the test does. */
  void endAll() {
    endFrom(0);
    shared = 0;
  }

  private void endFrom(int first) {
    List<ServerProcess> ending = processes.subList(first, processes.size());
    ending.forEach(ServerProcess::kill);
    ending.clear();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withEvidence(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withEvidence(failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withEvidence(failure);
  }

  private Throwable withEvidence(Throwable failure) {
    if (failure instanceof TestAbortedException) return failure;
    failed = true;
    var story = new StringBuilder(String.valueOf(failure.getMessage())).append('\n');
    processes.forEach(process -> story.append(process.evidence()));
    story.append("folders: ").append(folders);
    return new AssertionError(story.toString(), failure);
  }
}
