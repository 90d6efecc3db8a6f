// Accepts connections and gives each to a loop.
#pragma once

#include <utility>
// Asio 1.74 needs <utility> before it.
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "service/http/address.h"
#include "service/http/loop.h"
#include "service/http/server_state.h"

namespace kirikae::http {

/// Lives on the first loop's thread.
class Acceptor : public std::enable_shared_from_this<Acceptor> {
 public:
  Acceptor(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops,
           Descriptor listening);

  void Start() { Await(); }
  /// Accepts no more.
  void Stop();

 private:
  void Await();
  void AcceptAll();
  void Admit(Descriptor socket, const Peer& peer);

  const std::shared_ptr<ServerState> state_;
  const std::vector<std::shared_ptr<Loop>> loops_;
  boost::asio::posix::stream_descriptor listening_;
  boost::asio::steady_timer retry_;
  size_t next_loop_ = 0;
  bool stopped_ = false;
};

}  // namespace kirikae::http
