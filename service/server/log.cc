#include "service/server/log.h"

#include <spdlog/async.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "service/server/line_writer.h"

namespace kirikae::server {
namespace {

// Number of log lines that may wait to be written.
constexpr size_t kLogQueue = 8192;
constexpr char kEvents[] = "kirikaed";
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

// Of the lines on standard error; null where a person reads them.
std::shared_ptr<LineWriter>& TheWriter() {
  static std::shared_ptr<LineWriter> writer;
  return writer;
}

// Passes formatted lines to a writer.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit LineSink(std::shared_ptr<LineWriter> writer) : writer_(std::move(writer)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    base_sink::formatter_->format(message, line);
    writer_->Add({line.data(), line.size()});
  }
  // The writer writes soon by itself. Whoever flushes here holds a lock that every line needs, so
  // one who waited for the log's reader would make every call wait.
  void flush_() override {}

 private:
  const std::shared_ptr<LineWriter> writer_;
};

// A call never waits for the log's reader: a thread writes the lines, and lines that come too fast
// are dropped.
void AddLog(const std::string& name, const std::string& json,
            const std::shared_ptr<LineWriter>& writer) {
  if (!LogIsJson()) {
    spdlog::create_async_nb<spdlog::sinks::stderr_color_sink_mt>(name);
    return;
  }
  auto log = std::make_shared<spdlog::logger>(name, std::make_shared<LineSink>(writer));
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<EventFlag>('*').set_pattern(
      R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",)" + json + "}");
  log->set_formatter(std::move(formatter));
  spdlog::register_logger(std::move(log));
}

}  // namespace

std::string JsonQuoted(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), IsPlain)) return '"' + std::string(text) + '"';
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool LogIsJson() { return isatty(STDERR_FILENO) == 0; }

void SetUpLog(const std::string& level) {
  spdlog::init_thread_pool(kLogQueue, 1);
  if (LogIsJson()) TheWriter() = std::make_shared<LineWriter>(STDERR_FILENO);
  AddLog(kEvents, R"("event":%*)", TheWriter());
  AddLog(kMembers, "%v", TheWriter());
  spdlog::set_default_logger(spdlog::get(kEvents));
  spdlog::set_level(spdlog::level::from_str(level));
}

void FinishLog() {
  spdlog::shutdown();
  if (TheWriter() != nullptr) TheWriter()->End();
}

std::shared_ptr<spdlog::logger> MemberLog() { return spdlog::get(kMembers); }

}  // namespace kirikae::server
