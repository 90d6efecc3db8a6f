#include "client/cli/line_editor.h"

#include <histedit.h>

#include <clocale>
#include <cstdio>
#include <iostream>
#include <utility>

#include "client/cli/terminal_modes.h"

namespace kirikae::cli {
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
  // The editor's own handlers of signals crash where the terminal closes before the first line.
  if (!KeepTerminalModes()) return;
  // The program speaks UTF-8 whatever the locale; the editor counts characters by this one.
  setlocale(LC_CTYPE, "C.UTF-8");
  terminal_ = std::make_unique<Terminal>(std::move(prompt));
}

LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::Next() {
  std::string text;
  if (terminal_ == nullptr) {
    if (!std::getline(std::cin, text)) return std::nullopt;
    return text;
  }
  // The editor sets the terminal's modes after it has written its prompt. Who types at the prompt
  // at once, as a barcode reader does, would type to the terminal's own line and not to the editor.
  el_set(terminal_->line, EL_PREP_TERM, 1);
  int count = 0;
  const char* const typed = el_gets(terminal_->line, &count);
  if (typed == nullptr || count <= 0) return std::nullopt;
  text = typed;
  text.erase(text.find_last_not_of("\r\n") + 1);
  return text;
}

}  // namespace kirikae::cli
