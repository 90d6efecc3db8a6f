// One request of HTTP/2 and its answer.
#pragma once

#include <nghttp2/nghttp2.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/http/body_pace.h"
#include "service/http/posted_exchange.h"

namespace kirikae::http {

class Connection;

/// Everything happens on the connection's thread. What is submitted is sent by the engine, once the
/// connection has been woken.
class Http2Stream : public Stream {
 public:
  /// `written` gathers who is to be told once the socket took the frame that is being made. All
  /// outlive the stream.
  Http2Stream(Connection& connection, nghttp2_session* session, int32_t id,
              std::vector<std::function<void()>>& written);
  ~Http2Stream() override;
  Http2Stream(const Http2Stream&) = delete;
  Http2Stream& operator=(const Http2Stream&) = delete;

  // What comes.

  /// False when the fields are so many that the connection is to be ended.
  bool OnField(std::string_view name, std::string_view value);
  /// The head is whole.
  void OnHead();
  void OnData(std::string_view bytes);
  /// The request is whole.
  void OnEnd();
  /// The stream or its connection is closed.
  void OnClosed();

  // What goes.

  /// Copies the next bytes of the answer to `bytes`, as nghttp2_data_source_read_callback has it.
  ssize_t Read(uint8_t* bytes, size_t size, uint32_t* flags);
  /// The frame that ends the answer is sent.
  void OnAnswerSent();

  // The times: as Engine has them.

  Instant NextTime() const;
  void OnTime(Instant now);

  // Stream:
  void ReadMore() override;
  void SendHead(int status, Headers headers) override;
  void Send(std::string bytes, std::function<void()> written) override;
  void Finish() override;
  void Answer(int status, Headers headers, std::string body) override;
  void Abort() override;

 private:
  struct Piece {
    std::string bytes;
    std::function<void()> written;
  };

  int JudgeHead();
  void Deliver();
  void Drop();
  void Refuse(int status);
  void FailBody(int status);
  void Break(uint32_t code);
  void EndExchange(bool tell);
  void Submit(int status, const Headers& headers, bool has_body);

  Connection& connection_;
  nghttp2_session* const session_;
  const int32_t id_;
  std::vector<std::function<void()>>& written_;
  Request request_;
  size_t head_bytes_ = 0;
  std::shared_ptr<PostedExchange> exchange_;
  std::shared_ptr<Handler> handler_;
  // The body of the request.
  std::string in_;  // what came and the handler has not asked for
  BodyPace pace_;
  uint64_t body_limit_ = 0;
  uint64_t body_bytes_ = 0;
  bool in_ended_ = false;
  bool wants_more_ = false;
  bool continue_sent_ = false;
  // The body of the answer.
  std::deque<Piece> out_;
  size_t out_offset_ = 0;                   // of the first piece: what is taken of it
  std::optional<uint64_t> left_;            // where the length was told: what is still to be sent
  Instant stalled_since_ = Instant::max();  // max = nothing waits to be sent
  bool head_sent_ = false;
  bool head_only_ = false;  // the answer has no body
  bool finished_ = false;
  bool broken_ = false;
};

}  // namespace kirikae::http
