// A sentence for a person, kept as a constant English format and its arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kirikae::text {

/// What a reader of text found. `code` is stable and upper-snake; `format` is a constant
/// English sentence with $0, $1, … for `args`, which a catalogue may translate.
struct Note {
  std::string code;
  std::string format;
  std::vector<std::string> args;

  bool operator==(const Note&) const = default;
};

/// `format` with `args` in the places of $0 … $9; `$$` gives `$`. A place without an argument
/// stays empty.
std::string FillIn(std::string_view format, const std::vector<std::string>& args);

/// The English sentence of `note`, with its arguments in place.
std::string English(const Note& note);

}  // namespace kirikae::text
