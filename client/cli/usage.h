// What is wrong with the arguments, in the chosen language.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "client/cli/failure.h"

namespace kirikae::cli {

/// The command that the arguments name, as far as they name one: the program itself at least.
CLI::App& CommandOf(CLI::App& program);

/// The command that a person named by its words. Throws Failure (USAGE) where there is none.
CLI::App& FindCommand(CLI::App& program, const std::vector<std::string>& words);

/// `kirikae plan show` for that command.
std::string PathOf(const CLI::App& command);

/// USAGE: the command has no such command below it; says which one is near.
Failure UnknownCommand(CLI::App& program, CLI::App& command, const std::string& word);

/// The parser's error as a failure (USAGE) that names what is near to what was given.
Failure UsageOf(CLI::App& program, const CLI::ParseError& error);

}  // namespace kirikae::cli
