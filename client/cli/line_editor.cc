#include "client/cli/line_editor.h"

#include <histedit.h>
#include <termios.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <utility>

namespace kirikae::cli {
namespace {

termios at_start{};

void RestoreTerminal() { tcsetattr(STDIN_FILENO, TCSANOW, &at_start); }

// Ends the program as the signal does, with the terminal as it was. The editor's own handlers crash
// where the terminal closes before the first line: they use an editor that is not set then.
void EndBy(int signal) {
  RestoreTerminal();
  std::signal(signal, SIG_DFL);
  raise(signal);
}

}  // namespace

struct LineEditor::Terminal {
  explicit Terminal(std::string given)
      : prompt(std::move(given)), line(el_init("kirikae", stdin, stderr, stderr)) {
    el_set(line, EL_CLIENTDATA, this);
    el_set(
        line, EL_PROMPT, +[](EditLine* self) {
          void* data = nullptr;
          el_get(self, EL_CLIENTDATA, &data);
          return static_cast<Terminal*>(data)->prompt.data();
        });
    el_set(line, EL_EDITOR, "emacs");
    // A barcode reader may send a tab after a tag.
    el_set(line, EL_BIND, "^I", "ed-insert", nullptr);
  }
  ~Terminal() { el_end(line); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  std::string prompt;
  EditLine* const line;
};

LineEditor::LineEditor(std::string prompt) {
  if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &at_start) != 0) return;
  // The program speaks UTF-8 whatever the locale; the editor counts characters by this one.
  setlocale(LC_CTYPE, "C.UTF-8");
  std::atexit(RestoreTerminal);
  for (const int signal : {SIGINT, SIGHUP, SIGTERM, SIGQUIT}) std::signal(signal, EndBy);
  terminal_ = std::make_unique<Terminal>(std::move(prompt));
}

LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::Next() {
  std::string text;
  if (terminal_ == nullptr) {
    if (!std::getline(std::cin, text)) return std::nullopt;
    return text;
  }
  int count = 0;
  const char* const typed = el_gets(terminal_->line, &count);
  if (typed == nullptr || count <= 0) return std::nullopt;
  text = typed;
  text.erase(text.find_last_not_of("\r\n") + 1);
  return text;
}

}  // namespace kirikae::cli
