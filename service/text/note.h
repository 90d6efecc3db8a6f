// A sentence for a person, kept as a constant English format and its arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kirikae::text {

/// A finding of a text reader. `code` is stable UPPER_SNAKE. `format` is a constant English
/// sentence with $0, $1, … for `args`; a catalogue may translate it.
struct Note {
  std::string code;
  std::string format;
  std::vector<std::string> args;

  bool operator==(const Note&) const = default;
};

/// `format` with $0 … $9 replaced by `args`; `$$` gives `$`. A place without an argument becomes
/// empty.
std::string FillIn(std::string_view format, const std::vector<std::string>& args);

/// The English sentence of `note` with its arguments.
std::string English(const Note& note);

}  // namespace kirikae::text
