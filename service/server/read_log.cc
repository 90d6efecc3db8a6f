#include "service/server/read_log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/daily_file_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <nlohmann/json.hpp>

namespace kirikae::server {
namespace {

constexpr size_t kQueue = 8192;
constexpr uint16_t kDays = 366;
constexpr std::chrono::seconds kFlush(1);

std::string Quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

ReadLog::ReadLog(const std::string& state_dir) {
  auto pool = std::make_shared<spdlog::details::thread_pool>(kQueue, 1);
  spdlog::sink_ptr sink;
  try {
    sink = std::make_shared<spdlog::sinks::daily_file_sink_mt>(state_dir + "/reads.log", 0, 0,
                                                               false, kDays);
  } catch (const spdlog::spdlog_ex& exception) {
    spdlog::warn("reads are not logged: {}", exception.what());
    sink = std::make_shared<spdlog::sinks::null_sink_mt>();
  }
  log_ = std::make_shared<spdlog::async_logger>("reads", std::move(sink), pool,
                                                spdlog::async_overflow_policy::block);
  pool_ = std::move(pool);
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
