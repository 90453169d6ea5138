//===- Cli.cpp - The program that a compiled model is ---------------------===//
#include "runtime/cli/Cli.h"
#include "runtime/Fail.h"
#include "runtime/Threads.h"
#include "runtime/Variants.h"
#include "runtime/Version.h"
#include "runtime/cli/Commands.h"
#include "runtime/cli/CopyLine.h"
#include "runtime/cli/Output.h"
#include "support/FilesRead.h"
#include "support/Interrupt.h"
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <new>
#include <unistd.h>

namespace cria::rt {
namespace {

std::shared_ptr<const Model> openModel(const cria_model &compiled, const Options &options) {
  CopyLine line;
  return std::make_shared<const Model>(
      compiled, options.weights, options.variant, options.device,
      [&](std::size_t done, std::size_t all) { line.show(done, all); });
}

void run(const cria_model &compiled, const std::string &program, const Options &options) {
  if (options.help)
    return writeOutput(helpText(program, compiled));
  if (options.version)
    return writeOutput(fmt::format("{}, model {} for {}, made by Cria {}\n", program, compiled.name,
                                   listVariants(compiled), version));
  if (options.listDevices)
    return writeOutput(listDevices(compiled));
  if (options.threads)
    setThreads(options.threads);

  Stats stats;
  Stopwatch watch;
  auto model = openModel(compiled, options);
  if (!model->note().empty())
    complain(program, model->note());
  stats.loadSeconds = watch.seconds();

  if (options.kernelStats)
    stats.kernels.emplace(model->code());

  Command command{std::move(model), options, stats, program};
  if (options.checkWeights)
    command.checkWeights();
  else if (!options.perplexity.empty())
    command.perplexity();
  else if (!options.kl.empty())
    command.divergence();
  else if (options.logProbs)
    command.logProbs();
  else if (!options.embeddings.empty())
    command.embeddings();
  else if (options.interactive && options.chat)
    command.chat();
  else if (options.interactive)
    command.prompts();
  else
    command.once();
  if (options.stats)
    std::fputs(stats.text(compiled).c_str(), stderr);
}

/// A standard stream that the caller closed is opened on /dev/null: no file of ours may take
/// its number and be written to as if it were the output.
void keepStandardStreams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd)
    if (fcntl(fd, F_GETFD) == -1)
      open("/dev/null", O_RDWR);
}

} // namespace

int runCli(const cria_model &compiled, int argc, const char *const *argv) {
  FilesRead inputs;
  FilesRead::note("/proc/self/exe");
  keepStandardStreams();
  // A reader that goes away is seen as a failed write.
  std::signal(SIGPIPE, SIG_IGN);
  Interrupt::exitByDefault();
  std::string path = argc > 0 ? argv[0] : compiled.name;
  std::string program = std::filesystem::path(path).filename();
  try {
    std::span arguments(argv, static_cast<size_t>(argc));
    run(compiled, program, parseOptions(arguments.subspan(argc > 0), compiled));
    return 0;
  } catch (const OutputClosed &) {
    return 0;
  } catch (const Interrupted &) {
    return Interrupt::exitCode;
  } catch (const UsageError &error) {
    complain(program, error.what());
    return 2;
  } catch (const std::bad_alloc &) {
    complain(program, "out of memory");
  } catch (const std::exception &error) {
    complain(program, error.what());
  }
  return 1;
}

} // namespace cria::rt
