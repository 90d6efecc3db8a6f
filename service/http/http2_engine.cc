#include "service/http/http2_engine.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "service/http/connection.h"
#include "service/http/flood_gauge.h"
#include "service/http/http2_stream.h"

namespace kirikae::http {
namespace {

// Frames are made until so many bytes wait for the socket.
constexpr size_t kMostFilled = 65'536;
// A client is not listened to while so many frames wait that answer its own.
constexpr size_t kMostQueued = 500;
// What a request, and a frame of an answer's body, earn a client of frames about them.
constexpr double kFramesARequest = 4;
constexpr double kUpdatesAFrame = 4;

struct FreeSession {
  void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
};

class Http2Engine : public Engine {
 public:
  explicit Http2Engine(Connection& connection);

  void OnBytes(std::string_view bytes) override;
  bool WantsBytes() const override;
  void Fill() override;
  void OnClosed() override;
  void Drain() override;
  Instant NextTime() const override;
  void OnTime(Instant now) override;

 private:
  // nghttp2's callbacks.
  int OnBeginFrame(const nghttp2_frame_hd& head);
  int OnBeginHeaders(const nghttp2_frame& frame);
  int OnHeader(const nghttp2_frame& frame, std::string_view name, std::string_view value);
  int OnFrame(const nghttp2_frame& frame);
  int OnData(int32_t id, std::string_view bytes);
  int OnFrameSent(const nghttp2_frame& frame);
  int OnStreamClosed(int32_t id);

  static const nghttp2_session_callbacks* Callbacks();
  static const nghttp2_option* SessionOptions();
  Http2Stream* Find(int32_t id) const;
  void Count(FloodGauge& gauge, std::string_view what);
  void End(uint32_t code);

  Connection& connection_;
  std::unique_ptr<nghttp2_session, FreeSession> session_;
  std::vector<std::function<void()>> written_;  // of the frame that is being made
  std::unordered_map<int32_t, std::unique_ptr<Http2Stream>> streams_;
  FloodGauge resets_;
  FloodGauge frames_;
  FloodGauge updates_;
  Instant idle_since_;
  Instant head_since_;  // since when a head comes; max = none does
  bool ended_ = false;
  bool draining_ = false;
};

Http2Engine& Self(void* engine) { return *static_cast<Http2Engine*>(engine); }

Http2Engine::Http2Engine(Connection& connection)
    : connection_(connection),
      resets_(connection.limits().flood_burst, connection.limits().flood_rate, Clock::now()),
      frames_(resets_),
      updates_(resets_),
      idle_since_(Clock::now()),
      head_since_(idle_since_) {
  nghttp2_session* session = nullptr;
  nghttp2_session_server_new2(&session, Callbacks(), this, SessionOptions());
  session_.reset(session);
  const Limits& limits = connection.limits();
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.stream_window},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<uint32_t>(limits.head_bytes)},
      {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1},
  };
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, std::size(settings));
  nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0,
                                        static_cast<int32_t>(limits.connection_window));
  connection_.Wake();
}

const nghttp2_session_callbacks* Http2Engine::Callbacks() {
  static const nghttp2_session_callbacks* const callbacks = [] {
    nghttp2_session_callbacks* own = nullptr;
    nghttp2_session_callbacks_new(&own);
    nghttp2_session_callbacks_set_on_begin_frame_callback(
        own, [](nghttp2_session* /*session*/, const nghttp2_frame_hd* head, void* engine) {
          return Self(engine).OnBeginFrame(*head);
        });
    nghttp2_session_callbacks_set_on_begin_headers_callback(
        own, [](nghttp2_session* /*session*/, const nghttp2_frame* frame, void* engine) {
          return Self(engine).OnBeginHeaders(*frame);
        });
    nghttp2_session_callbacks_set_on_header_callback(
        own, [](nghttp2_session* /*session*/, const nghttp2_frame* frame, const uint8_t* name,
                size_t name_size, const uint8_t* value, size_t value_size, uint8_t /*flags*/,
                void* engine) {
          return Self(engine).OnHeader(*frame, {reinterpret_cast<const char*>(name), name_size},
                                       {reinterpret_cast<const char*>(value), value_size});
        });
    nghttp2_session_callbacks_set_on_frame_recv_callback(
        own, [](nghttp2_session* /*session*/, const nghttp2_frame* frame, void* engine) {
          return Self(engine).OnFrame(*frame);
        });
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
        own, [](nghttp2_session* /*session*/, uint8_t /*flags*/, int32_t id, const uint8_t* bytes,
                size_t size, void* engine) {
          return Self(engine).OnData(id, {reinterpret_cast<const char*>(bytes), size});
        });
    nghttp2_session_callbacks_set_on_frame_send_callback(
        own, [](nghttp2_session* /*session*/, const nghttp2_frame* frame, void* engine) {
          return Self(engine).OnFrameSent(*frame);
        });
    nghttp2_session_callbacks_set_on_stream_close_callback(
        own, [](nghttp2_session* /*session*/, int32_t id, uint32_t /*code*/, void* engine) {
          return Self(engine).OnStreamClosed(id);
        });
    return own;
  }();
  return callbacks;
}

const nghttp2_option* Http2Engine::SessionOptions() {
  static const nghttp2_option* const options = [] {
    nghttp2_option* own = nullptr;
    nghttp2_option_new(&own);
    nghttp2_option_set_no_auto_window_update(own, 1);
    nghttp2_option_set_no_closed_streams(own, 1);
    return own;
  }();
  return options;
}

void Http2Engine::OnBytes(std::string_view bytes) {
  if (ended_) return;
  const ssize_t used = nghttp2_session_mem_recv(
      session_.get(), reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (used < 0) {
    connection_.Log("protocol_error",
                    std::string("reason=") + nghttp2_strerror(static_cast<int>(used)));
    End(NGHTTP2_PROTOCOL_ERROR);
  }
  connection_.Wake();
}

bool Http2Engine::WantsBytes() const {
  return ended_ || nghttp2_session_get_outbound_queue_size(session_.get()) < kMostQueued;
}

void Http2Engine::Fill() {
  while (connection_.unwritten() < kMostFilled) {
    const uint8_t* bytes = nullptr;
    const ssize_t count = nghttp2_session_mem_send(session_.get(), &bytes);
    if (count <= 0) break;
    std::function<void()> told;
    if (!written_.empty()) {
      told = [written = std::exchange(written_, {})] {
        for (const auto& each : written) each();
      };
    }
    connection_.Write({reinterpret_cast<const char*>(bytes), static_cast<size_t>(count)},
                      std::move(told));
  }
  if (nghttp2_session_want_read(session_.get()) == 0 &&
      nghttp2_session_want_write(session_.get()) == 0) {
    ended_ = true;
    connection_.CloseWhenWritten();
  }
}

void Http2Engine::OnClosed() {
  ended_ = true;
  for (const auto& [id, stream] : std::exchange(streams_, {})) stream->OnClosed();
}

void Http2Engine::Drain() {
  if (std::exchange(draining_, true)) return;
  if (streams_.empty()) return End(NGHTTP2_NO_ERROR);
  nghttp2_submit_goaway(session_.get(), NGHTTP2_FLAG_NONE,
                        nghttp2_session_get_last_proc_stream_id(session_.get()), NGHTTP2_NO_ERROR,
                        nullptr, 0);
  connection_.Wake();
}

Instant Http2Engine::NextTime() const {
  Instant next = Instant::max();
  if (ended_) return next;
  if (head_since_ != Instant::max()) next = head_since_ + connection_.limits().head_time;
  if (streams_.empty()) next = std::min(next, idle_since_ + connection_.limits().idle_time);
  for (const auto& [id, stream] : streams_) next = std::min(next, stream->NextTime());
  return next;
}

void Http2Engine::OnTime(Instant now) {
  if (ended_) return;
  if (head_since_ != Instant::max() && now >= head_since_ + connection_.limits().head_time) {
    connection_.Log("slow_head");
    return End(NGHTTP2_ENHANCE_YOUR_CALM);
  }
  if (streams_.empty() && now >= idle_since_ + connection_.limits().idle_time) {
    return End(NGHTTP2_NO_ERROR);
  }
  for (const auto& [id, stream] : streams_) stream->OnTime(now);
}

int Http2Engine::OnBeginFrame(const nghttp2_frame_hd& head) {
  switch (head.type) {
    case NGHTTP2_HEADERS:
      if (head_since_ == Instant::max()) head_since_ = Clock::now();
      break;
    case NGHTTP2_RST_STREAM:
      Count(resets_, "reset_flood");
      break;
    case NGHTTP2_WINDOW_UPDATE:
      Count(updates_, "update_flood");
      break;
    case NGHTTP2_PING:
    case NGHTTP2_SETTINGS:
    case NGHTTP2_PRIORITY:
      if ((head.flags & NGHTTP2_FLAG_ACK) == 0) Count(frames_, "frame_flood");
      break;
    case NGHTTP2_DATA:
      if (head.length == 0 && (head.flags & NGHTTP2_FLAG_END_STREAM) == 0) {
        Count(frames_, "frame_flood");
      }
      break;
    default:
      break;
  }
  return 0;
}

int Http2Engine::OnBeginHeaders(const nghttp2_frame& frame) {
  if (frame.headers.cat != NGHTTP2_HCAT_REQUEST || ended_) return 0;
  frames_.Earn(kFramesARequest);
  connection_.SetBusy(true);
  const int32_t id = frame.hd.stream_id;
  streams_.emplace(id, std::make_unique<Http2Stream>(connection_, session_.get(), id, written_));
  return 0;
}

int Http2Engine::OnHeader(const nghttp2_frame& frame, std::string_view name,
                          std::string_view value) {
  Http2Stream* const stream = Find(frame.hd.stream_id);
  if (stream == nullptr || frame.headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
  if (!stream->OnField(name, value) && !ended_) {
    connection_.Log("header_flood");
    End(NGHTTP2_ENHANCE_YOUR_CALM);
  }
  return 0;
}

int Http2Engine::OnFrame(const nghttp2_frame& frame) {
  if (frame.hd.type == NGHTTP2_HEADERS || frame.hd.type == NGHTTP2_SETTINGS) {
    head_since_ = Instant::max();
  }
  Http2Stream* const stream = Find(frame.hd.stream_id);
  if (stream == nullptr || ended_) return 0;
  if (frame.hd.type == NGHTTP2_HEADERS && frame.headers.cat == NGHTTP2_HCAT_REQUEST) {
    stream->OnHead();
  }
  if ((frame.hd.type == NGHTTP2_HEADERS || frame.hd.type == NGHTTP2_DATA) &&
      (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
    stream->OnEnd();
  }
  return 0;
}

int Http2Engine::OnData(int32_t id, std::string_view bytes) {
  if (Http2Stream* const stream = Find(id)) {
    stream->OnData(bytes);
  } else {
    nghttp2_session_consume(session_.get(), id, bytes.size());
  }
  return 0;
}

int Http2Engine::OnFrameSent(const nghttp2_frame& frame) {
  if (frame.hd.type == NGHTTP2_DATA) updates_.Earn(kUpdatesAFrame);
  // A client may also make the server do the resetting.
  if (frame.hd.type == NGHTTP2_RST_STREAM && frame.rst_stream.error_code != NGHTTP2_NO_ERROR) {
    Count(resets_, "reset_flood");
  }
  if ((frame.hd.type == NGHTTP2_DATA || frame.hd.type == NGHTTP2_HEADERS) &&
      (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
    if (Http2Stream* const stream = Find(frame.hd.stream_id)) stream->OnAnswerSent();
  }
  return 0;
}

int Http2Engine::OnStreamClosed(int32_t id) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return 0;
  const std::unique_ptr<Http2Stream> stream = std::move(found->second);
  streams_.erase(found);
  stream->OnClosed();
  if (streams_.empty()) {
    idle_since_ = Clock::now();
    connection_.SetBusy(false);
    if (draining_) End(NGHTTP2_NO_ERROR);
  }
  return 0;
}

Http2Stream* Http2Engine::Find(int32_t id) const {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : found->second.get();
}

void Http2Engine::Count(FloodGauge& gauge, std::string_view what) {
  if (gauge.Take(Clock::now()) || ended_) return;
  connection_.Log(what);
  End(NGHTTP2_ENHANCE_YOUR_CALM);
}

// Says goodbye; the connection is closed once that is written.
void Http2Engine::End(uint32_t code) {
  ended_ = true;
  nghttp2_session_terminate_session(session_.get(), code);
  connection_.Wake();
}

}  // namespace

std::unique_ptr<Engine> MakeHttp2Engine(Connection& connection) {
  return std::make_unique<Http2Engine>(connection);
}

}  // namespace kirikae::http
