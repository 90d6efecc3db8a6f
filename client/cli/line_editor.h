// Lines that a person types.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace kirikae::cli {

/// Reads lines from standard input: on a terminal with line editing, and without a history, since
/// what is typed are people's names. Puts the terminal back in order when the program ends. Not
/// thread-safe; one in a program.
class LineEditor {
 public:
  /// The prompt goes to standard error, and only on a terminal.
  explicit LineEditor(std::string prompt);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// The next line, without its end; absent at the end of the input.
  std::optional<std::string> Next();

 private:
  struct Terminal;

  std::unique_ptr<Terminal> terminal_;  // null where the input is no terminal
};

}  // namespace kirikae::cli
