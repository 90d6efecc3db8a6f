#include "service/api/call/open_streams.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/api/call/limits.h"

namespace kirikae::api {
namespace {

constexpr std::chrono::seconds kLookEvery(1);

// A clock that nobody sets; only differences of its times mean anything.
absl::Time Monotonic() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

OpenStreams::OpenStreams(const Limits& limits) : limits_(limits), thread_([this] { Run(); }) {}

OpenStreams::~OpenStreams() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

size_t OpenStreams::LimitOf(StreamKind kind) const {
  switch (kind) {
    case StreamKind::kWatch:
      return limits_.watches_a_caller;
    case StreamKind::kUpload:
      return limits_.uploads_a_caller;
    case StreamKind::kDownload:
      break;
  }
  return limits_.downloads_a_caller;
}

absl::StatusOr<std::unique_ptr<OpenStreams::Ticket>> OpenStreams::Enter(
    StreamKind kind, const StreamOwner& owner, std::function<void()> cancel) {
  const std::lock_guard lock(mutex_);
  if (streams_.size() >= limits_.in_all) return TooMuchAtOnce();
  const auto own =
      static_cast<size_t>(std::count_if(streams_.begin(), streams_.end(), [&](const auto& entry) {
        return entry.second.token == owner.token && entry.second.kind == kind;
      }));
  if (own >= LimitOf(kind)) return TooManyOfOneCaller(LimitOf(kind));
  const int64_t id = next_id_++;
  streams_.emplace(
      id, Stream{kind, owner.token, owner.session, Monotonic() + owner.left, std::move(cancel)});
  return std::make_unique<Ticket>(*this, id);
}

std::map<StreamKind, size_t> OpenStreams::Counts() {
  std::map<StreamKind, size_t> counts = {
      {StreamKind::kWatch, 0}, {StreamKind::kUpload, 0}, {StreamKind::kDownload, 0}};
  const std::lock_guard lock(mutex_);
  for (const auto& [id, stream] : streams_) ++counts[stream.kind];
  return counts;
}

void OpenStreams::CancelAll(int64_t token) {
  const std::lock_guard lock(mutex_);
  for (auto& [id, stream] : streams_) {
    if (stream.token == token) Cancel(stream);
  }
}

void OpenStreams::CancelSession(const std::string& session) {
  const std::lock_guard lock(mutex_);
  for (auto& [id, stream] : streams_) {
    if (stream.session == session) Cancel(stream);
  }
}

void OpenStreams::Cancel(Stream& stream) {
  if (stream.cancel) std::exchange(stream.cancel, nullptr)();
}

void OpenStreams::Leave(int64_t id) {
  const std::lock_guard lock(mutex_);
  streams_.erase(id);
}

void OpenStreams::SetWaiting(int64_t id, bool waiting) {
  const std::lock_guard lock(mutex_);
  const auto stream = streams_.find(id);
  if (stream == streams_.end()) return;
  stream->second.waits_since = waiting ? std::optional(Monotonic()) : std::nullopt;
}

void OpenStreams::Run() {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, kLookEvery, [this] { return stopped_; })) {
    const absl::Time now = Monotonic();
    for (auto& [id, stream] : streams_) {
      const bool stands_still =
          stream.waits_since.has_value() && *stream.waits_since < now - limits_.stall;
      if (stands_still || stream.end < now) Cancel(stream);
    }
  }
}

}  // namespace kirikae::api
