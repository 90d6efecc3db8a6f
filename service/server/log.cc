#include "service/server/log.h"

#include <spdlog/async.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace kirikae::server {
namespace {

// Number of log lines that may wait to be written.
constexpr size_t kLogQueue = 8192;
constexpr char kMembers[] = "members";

bool IsPlain(char letter) {
  return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
}

// `%*`: the event as a JSON string.
class EventFlag final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& to) override {
    const std::string quoted = JsonQuoted({message.payload.data(), message.payload.size()});
    to.append(quoted.data(), quoted.data() + quoted.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<EventFlag>();
  }
};

// A separate thread writes the lines, so that a call does not wait for the log's reader. When lines
// come too fast, the oldest unwritten ones are dropped.
std::shared_ptr<spdlog::logger> NewLog(const std::string& name, const std::string& json) {
  auto log = spdlog::create_async_nb<spdlog::sinks::stderr_color_sink_mt>(name);
  if (LogIsJson()) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<EventFlag>('*').set_pattern(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",)" + json + "}");
    log->set_formatter(std::move(formatter));
  }
  return log;
}

}  // namespace

std::string JsonQuoted(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), IsPlain)) return '"' + std::string(text) + '"';
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool LogIsJson() { return isatty(STDERR_FILENO) == 0; }

void SetUpLog(const std::string& level) {
  spdlog::init_thread_pool(kLogQueue, 1);
  spdlog::set_default_logger(NewLog("kirikaed", R"("event":%*)"));
  NewLog(kMembers, "%v");
  spdlog::set_level(spdlog::level::from_str(level));
}

std::shared_ptr<spdlog::logger> MemberLog() { return spdlog::get(kMembers); }

}  // namespace kirikae::server
