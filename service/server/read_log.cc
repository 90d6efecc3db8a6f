#include "service/server/read_log.h"

#include <spdlog/sinks/daily_file_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>
#include <sys/statvfs.h>

#include <chrono>
#include <utility>

#include "service/server/log.h"

namespace kirikae::server {
namespace {

constexpr uint16_t kDays = 366;
constexpr std::chrono::seconds kFlush(1);

}  // namespace

ReadLog::ReadLog(std::string state_dir, uint64_t spare)
    : state_dir_(std::move(state_dir)), spare_(spare) {
  spdlog::sink_ptr sink;
  try {
    sink = std::make_shared<spdlog::sinks::daily_file_sink_mt>(state_dir_ + "/reads.log", 0, 0,
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

bool ReadLog::HasRoom() {
  const int64_t second = std::chrono::duration_cast<std::chrono::seconds>(
                             std::chrono::steady_clock::now().time_since_epoch())
                             .count();
  if (looked_at_.exchange(second) == second) return has_room_;
  struct statvfs disk {};
  // A disk that can't be asked may have room.
  const bool room =
      statvfs(state_dir_.c_str(), &disk) != 0 || uint64_t{disk.f_bavail} * disk.f_frsize >= spare_;
  has_room_ = room;
  if (const int64_t count = left_out_.exchange(0); count > 0) {
    spdlog::warn("reads not logged for want of disk space: {}", count);
  }
  return room;
}

void ReadLog::Ended(const api::EndedCall& call) {
  if (call.asked.data() == nullptr || call.token == 0) return;
  if (!HasRoom()) {
    ++left_out_;
    return;
  }
  log_->info(R"("token":{},"name":{},"rpc":"{}","asked":{},"code":"{}")", call.token,
             JsonQuoted(call.actor), call.rpc, JsonQuoted(call.asked.substr(0, 300)),
             absl::StatusCodeToString(call.code));
}

}  // namespace kirikae::server
