// Man pages, from the pages of help.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace kirikae::cli {

/// The man page of the program, or of a noun with all of its verbs, in the chosen language; roff
/// for man(7), in UTF-8.
std::string ManPageOf(CLI::App& command);

/// Writes a page for the program and one for each noun, in both languages: `DIR/man1/kirikae.1`,
/// `DIR/ja/man1/kirikae-plan.1`, … `make` gives the program in the language that is chosen then.
/// Throws Failure (FILE_UNWRITABLE).
void WriteManPages(const std::string& folder, const std::vector<std::string>& nouns,
                   const std::function<std::string(const std::string& noun)>& page);

}  // namespace kirikae::cli
