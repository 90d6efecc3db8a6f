// A small site that tests are served by.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/http/server.h"

namespace kirikae::testing {

/// Serves by path:
///   /echo       reads the whole body and answers with the request's facts, a line each, and the
///   body /plain      answers `plain` at once, without reading the body /stream     sends as many
///   pieces of 1,000 bytes as the query says, each once the last is taken /length     sends a head
///   with `content-length: 10`, then what the query says /drip       echoes each piece of the body
///   as it comes /pieces     reads a piece of the body each time Site::ReadPiece() is called /part
///   sends a part of its answer and aborts /hang       never answers /thread     answers from a
///   thread of its own /many       sends pieces of 64 KiB for ever, each once the last is taken
///   /fields     sends header fields that no handler may send
class Site {
 public:
  /// Starts it with these options; the address is a free port of 127.0.0.1 when none is given.
  explicit Site(http::Options options = {});
  ~Site();

  http::Server& server() { return *server_; }
  const std::string& address() const { return server_->address(); }
  std::string port() const { return address().substr(address().rfind(':') + 1); }

  /// Waits until an event was noted so many times in all (10 s at most). Events: `begin PATH`,
  /// `closed PATH`, `destroyed PATH`, and what the server logs.
  bool Saw(const std::string& event, int times = 1);
  /// How often an event was noted.
  int Count(const std::string& event);
  /// Waits until so many connections are open (10 s at most).
  bool HasConnections(size_t count);
  /// Lets the /pieces that runs read a piece.
  void ReadPiece();
  /// Waits until /pieces has read more bytes than `before`, or the end (10 s at most).
  void WaitForPiece(size_t before);
  /// How many bytes of bodies /pieces has read.
  size_t PiecesBytes();
  /// How many bytes /many has sent and the sockets took.
  size_t TakenBytes();

 private:
  class Page;

  std::shared_ptr<http::Handler> Serve(const http::Request& request,
                                       const std::shared_ptr<http::Exchange>& exchange);
  void Note(const std::string& event);

  std::mutex mutex_;
  std::condition_variable noted_;
  std::vector<std::string> events_;
  std::shared_ptr<http::Exchange> pieces_;
  size_t pieces_bytes_ = 0;
  size_t taken_bytes_ = 0;
  std::vector<std::thread> threads_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace kirikae::testing
