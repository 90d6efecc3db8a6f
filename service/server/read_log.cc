#include "service/server/read_log.h"

#include <spdlog/sinks/daily_file_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

namespace kirikae::server {
namespace {

constexpr uint16_t kDays = 366;
constexpr std::chrono::seconds kFlush(1);

bool IsPlain(char letter) {
  return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
}

std::string Quoted(std::string_view text) {
  // Most are tags.
  if (std::all_of(text.begin(), text.end(), IsPlain)) return '"' + std::string(text) + '"';
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

ReadLog::ReadLog(const std::string& state_dir) {
  spdlog::sink_ptr sink;
  try {
    sink = std::make_shared<spdlog::sinks::daily_file_sink_mt>(state_dir + "/reads.log", 0, 0,
                                                               false, kDays);
  } catch (const spdlog::spdlog_ex& exception) {
    spdlog::warn("reads are not logged: {}", exception.what());
    sink = std::make_shared<spdlog::sinks::null_sink_mt>();
  }
  log_ = std::make_shared<spdlog::logger>("reads", std::move(sink));
  log_->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z",%v})");
  spdlog::register_logger(log_);
  spdlog::flush_every(kFlush);
}

ReadLog::~ReadLog() {
  spdlog::drop("reads");
  log_->flush();
}

void ReadLog::Ended(const api::EndedCall& call) {
  if (call.asked.data() == nullptr || call.token == 0) return;
  log_->info(R"("token":{},"name":{},"rpc":"{}","asked":{},"code":"{}")", call.token,
             Quoted(call.actor), call.rpc, Quoted(call.asked.substr(0, 300)),
             absl::StatusCodeToString(call.code));
}

}  // namespace kirikae::server
