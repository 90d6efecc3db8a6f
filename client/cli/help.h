// Help: one page per command, from the flags and commands that the program has.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "client/cli/examples.h"

namespace kirikae::cli {

/// A command, argument or flag, and what it is.
struct HelpEntry {
  std::string name;
  std::string text;
};

struct HelpGroup {
  std::string title;
  std::vector<HelpEntry> entries;
};

/// What help and man pages print of a command, in the chosen language.
struct HelpPage {
  std::string command;  ///< `kirikae plan show`
  std::string summary;
  std::vector<Example> examples;
  std::string usage;
  std::vector<HelpGroup> groups;          ///< arguments, flags, commands
  std::vector<std::string> flags_of_all;  ///< those of every command; empty for the program
};

HelpPage PageOf(CLI::App& command);

/// The page as lines of at most `width` columns, ending in a line break. The examples come first
/// after the summary.
std::string ToText(const HelpPage& page, int width);

/// A line wrapped at `width` columns, as the rules of its language allow; every line begins with
/// `indent` spaces.
std::string Wrapped(const std::string& text, int width, int indent);

/// Columns of help on this terminal: its own, from 40 to 100; 80 where there is none.
int HelpWidth();

}  // namespace kirikae::cli
