//===- SpecSource.cpp - Specs from files ----------------------------------===//
#include "spec/SpecSource.h"
#include "spec/CompilerOutput.h"
#include "spec/Parse.h"
#include "spec/Process.h"
#include "support/Depfile.h"
#include "support/Error.h"
#include "support/FilesRead.h"
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace cria::spec {

namespace fs = std::filesystem;

namespace {

constexpr unsigned compileSeconds = 300, runSeconds = 10;

std::string readFile(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  // Copying from an empty file sets failbit on the destination stream.
  if (!file.is_open() || file.bad())
    throw Error(path.native() + ": cannot be read");
  return std::move(text).str();
}

/// $CXX may contain flags, as in CMake and make.
std::vector<std::vector<std::string>> compilers() {
  std::vector<std::vector<std::string>> all;
  if (const char *variable = std::getenv("CXX")) {
    std::istringstream words(variable);
    std::vector<std::string> command;
    for (std::string word; words >> word;)
      command.push_back(word);
    if (!command.empty())
      return {command};
  }
  return {{"clang++-22"}, {"clang++"}, {"c++"}, {"g++"}};
}

/// A compilation in a folder of its own, which holds a main and, as spec.cpp, the file: by a link,
/// since #include cannot say every name that a file may have.
class SpecProgram {
public:
  explicit SpecProgram(const fs::path &path) : path(path), source(folder / "spec.cpp") {
    std::error_code error;
    fs::create_symlink(fs::absolute(path), source, error);
    if (error)
      throw Error(path.native() + ": cannot be linked to: " + error.message());
    std::ofstream(folder / "main.cpp") << R"(#include <cria/spec/export.hpp>
#include "spec.cpp"
int main(int, char **argv) { return cria::spec::write_exports(argv[1], argv[2]); }
)";
  }

  void compile(const fs::path &include) {
    for (std::vector<std::string> command : compilers()) {
      for (const fs::path &argument :
           {fs::path("-std=c++20"), fs::path("-O0"), fs::path("-I"), include, fs::path("-iquote"),
            fs::absolute(path).parent_path(), fs::path("-MD"), fs::path("-MF"), folder / "depfile",
            folder / "main.cpp", fs::path("-o"), folder / "main"})
        command.push_back(argument.native());
      std::optional<int> status = runProgram(command, folder / "log", compileSeconds);
      if (status == 0)
        return noteHeaders();
      if (status)
        throw Error(firstError(readFile(folder / "log"), source.native(), path.native()));
    }
    throw Error(path.native() +
                ": no C++ compiler was found ($CXX, clang++-22, clang++, c++ or g++)");
  }

  std::vector<Spec> run() {
    fs::path result = folder / "spec";
    std::vector<std::string> command{(folder / "main").native(), source.native(), result.native()};
    std::optional<int> status = runProgram(command, folder / "log", runSeconds);
    if (status != 0)
      throw Error(path.native() + ": compiled, but failed to write its model when run (exit code " +
                  std::to_string(status.value_or(127)) + ")");
    std::string text = readFile(result);
    return text.empty() ? std::vector<Spec>() : parseAll(text, path.native());
  }

private:
  void noteHeaders() {
    for (const fs::path &header : depfileInputs(readFile(folder / "depfile")))
      if (header != folder / "main.cpp" && header != source)
        FilesRead::note(header);
  }

  TemporaryFolder folder;
  const fs::path &path;
  fs::path source;
};

} // namespace

bool isSpecSource(const fs::path &path) {
  std::string extension = path.extension().native();
  return extension == ".cpp" || extension == ".cc" || extension == ".cxx" || extension == ".spec";
}

Spec loadSpecSource(const fs::path &path, const fs::path &include) {
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    throw Error(path.native() + ": no such file");
  FilesRead::note(path);
  if (path.extension() == ".spec")
    return parse(readFile(path), path.native());
  SpecProgram program(path);
  program.compile(include);
  std::vector<Spec> specs = program.run();
  if (specs.size() == 1)
    return std::move(specs.front());
  std::string names;
  for (const Spec &spec : specs)
    names += (names.empty() ? " (" : ", ") + spec.model.name;
  throw Error(path.native() + ": defines " + std::to_string(specs.size()) + " models" +
              (names.empty() ? "" : names + ")") + ", but must define exactly one with CRIA_MODEL");
}

} // namespace cria::spec
