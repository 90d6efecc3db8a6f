// The whole command line: its flags and commands.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "client/cli/session.h"

namespace kirikae::cli {

/// The parser with every command. Its texts are in the language that is chosen when it is made.
/// `session` must outlive it.
class Program : public CLI::App {
 public:
  explicit Program(Session& session);

  /// Runs once the arguments are right, before their command. It may throw to keep the command from
  /// running.
  void set_before(std::function<void(CLI::App& command)> before) { before_ = std::move(before); }

 private:
  void pre_callback() override;

  std::function<void(CLI::App& command)> before_;
};

}  // namespace kirikae::cli
