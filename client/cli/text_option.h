// An option or argument whose value is text.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

namespace kirikae::cli {

/// The text given for `name`, "" without one. The command's callback shares it, so it lives as long
/// as the command.
inline std::shared_ptr<const std::string> Optional(CLI::App& app, const std::string& name,
                                                   const std::string& help) {
  auto text = std::make_shared<std::string>();
  app.add_option(name, *text, help);
  return text;
}

/// The text given for `name`; parsing fails without one.
inline std::shared_ptr<const std::string> Required(CLI::App& app, const std::string& name,
                                                   const std::string& help) {
  auto text = std::make_shared<std::string>();
  app.add_option(name, *text, help)->required();
  return text;
}

}  // namespace kirikae::cli
