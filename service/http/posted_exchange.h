// The exchange that handlers hold: brings their calls to the connection's thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "service/http/exchange.h"
#include "service/http/loop.h"

namespace kirikae::http {

/// One request of an engine. Everything happens on the connection's thread.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual void ReadMore() = 0;
  virtual void SendHead(int status, Headers headers) = 0;
  virtual void Send(std::string bytes, std::function<void()> written) = 0;
  virtual void Finish() = 0;
  virtual void Answer(int status, Headers headers, std::string body) = 0;
  virtual void Abort() = 0;
};

/// Handlers may keep it for longer than the connection and the server last.
class PostedExchange : public Exchange, public std::enable_shared_from_this<PostedExchange> {
 public:
  PostedExchange(std::weak_ptr<Loop> loop, Stream* stream)
      : loop_(std::move(loop)), stream_(stream) {}

  void ReadMore() override;
  void SendHead(int status, Headers headers) override;
  void Send(std::string bytes, std::function<void()> written) override;
  void Finish() override;
  void Answer(int status, Headers headers, std::string body) override;
  void Abort() override;

  /// From now on calls do nothing. On the connection's thread.
  void End();
  /// Calls `written` unless the exchange has ended by then. Null stays null.
  std::function<void()> UnlessEnded(std::function<void()> written);

 private:
  template <typename Call>
  void Post(Call call);

  const std::weak_ptr<Loop> loop_;
  Stream* stream_;  // null = ended; read and written on the connection's thread alone
  std::atomic<bool> ended_{false};
};

}  // namespace kirikae::http
