// The streams that are open: how many each caller may have, which stand still, which must end.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace kirikae::api {

/// What a stream is for. Each kind has a limit of its own.
enum class StreamKind { kWatch, kUpload, kDownload };

/// Whose a stream is.
struct StreamOwner {
  int64_t token = 0;         ///< id of the caller's token
  std::string session = {};  ///< hash of the session that the caller showed; "" = none
  absl::Duration left = absl::InfiniteDuration();  ///< until what the caller showed expires
};

/// The streams of the service. Thread-safe. Outlives its tickets.
class OpenStreams {
 public:
  struct Limits {
    size_t watches_a_caller = 20;
    size_t uploads_a_caller = 1;
    size_t downloads_a_caller = 2;
    size_t in_all = 500;
    absl::Duration stall = absl::Seconds(60);  ///< longest time in which a stream moves nothing
  };

  /// A stream's place among the open ones; leaves it when destroyed. One thread at a time.
  class Ticket {
   public:
    Ticket(OpenStreams& streams, int64_t id) : streams_(streams), id_(id) {}
    ~Ticket() { streams_.Leave(id_); }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    /// From now on the stream waits for its peer to send or to take something.
    void Waits() { streams_.SetWaiting(id_, true); }
    /// The peer did; the stream waits for nothing.
    void Moved() { streams_.SetWaiting(id_, false); }

   private:
    OpenStreams& streams_;
    const int64_t id_;
  };

  OpenStreams() : OpenStreams(Limits()) {}
  explicit OpenStreams(const Limits& limits);
  ~OpenStreams();
  OpenStreams(const OpenStreams&) = delete;
  OpenStreams& operator=(const OpenStreams&) = delete;

  /// A ticket for a stream of this caller; RESOURCE_EXHAUSTED where the caller's token, or all
  /// callers together, have too many. `cancel` is called, at most once and on another thread, when
  /// the stream stands still for too long or its token or session ends; it must be quick and is not
  /// called any more once the ticket is destroyed.
  absl::StatusOr<std::unique_ptr<Ticket>> Enter(StreamKind kind, const StreamOwner& owner,
                                                std::function<void()> cancel);
  /// Number of open streams of each kind.
  std::map<StreamKind, size_t> Counts();
  /// Cancels every stream of a token.
  void CancelAll(int64_t token);
  /// Cancels every stream of a session, which is given by its hash.
  void CancelSession(const std::string& session);

 private:
  struct Stream {
    StreamKind kind;
    int64_t token;
    std::string session;
    absl::Time end;                                        // by the monotonic clock
    std::function<void()> cancel;                          // null once called
    std::optional<absl::Time> waits_since = std::nullopt;  // by the monotonic clock
  };

  static void Cancel(Stream& stream);

  size_t LimitOf(StreamKind kind) const;
  void Leave(int64_t id);
  void SetWaiting(int64_t id, bool waiting);
  void Run();

  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopped_ = false;
  std::map<int64_t, Stream> streams_;
  int64_t next_id_ = 1;
  std::thread thread_;
};

}  // namespace kirikae::api
