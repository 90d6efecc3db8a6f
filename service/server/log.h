// The daemon's log.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace kirikae::server {

/// Text as a JSON string, in quotes, well-formed whatever the text is.
std::string JsonQuoted(std::string_view text);

/// Sets up the log on standard error: one line an event, JSON where no person reads it. `level` is
/// one of `debug`, `info`, `warn` and `error`.
void SetUpLog(const std::string& level);

/// Writes the lines that wait and ends the log; waits two seconds for a reader who takes nothing.
void FinishLog();

/// Whether the log's lines are JSON.
bool LogIsJson();

/// For lines whose content is JSON members already, `"method":"…","code":"OK"`.
std::shared_ptr<spdlog::logger> MemberLog();

}  // namespace kirikae::server
