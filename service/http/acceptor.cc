#include "service/http/acceptor.h"

#include <sys/socket.h>

#include <cerrno>
#include <chrono>

#include "service/http/connection.h"

namespace kirikae::http {
namespace {

constexpr int kAtOnce = 64;
// How long a connection waits where the process has no descriptor for it.
constexpr std::chrono::milliseconds kRetryTime(50);

bool IsOutOfResources(int error) {
  return error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS;
}

}  // namespace

Acceptor::Acceptor(std::shared_ptr<ServerState> state, std::vector<std::shared_ptr<Loop>> loops,
                   Descriptor listening)
    : state_(std::move(state)),
      loops_(std::move(loops)),
      listening_(loops_.front()->context(), listening.Release()),
      retry_(loops_.front()->context()) {}

void Acceptor::Stop() {
  stopped_ = true;
  boost::system::error_code ignored;
  listening_.close(ignored);
  retry_.cancel();
}

void Acceptor::Await() {
  listening_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                        [self = shared_from_this()](const boost::system::error_code& error) {
                          if (!error && !self->stopped_) self->AcceptAll();
                        });
}

void Acceptor::AcceptAll() {
  for (int i = 0; i < kAtOnce; ++i) {
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    Descriptor socket(accept4(listening_.native_handle(), reinterpret_cast<sockaddr*>(&address),
                              &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.ok()) {
      Admit(std::move(socket), PeerOf(address));
    } else if (IsOutOfResources(errno)) {
      state_->roster.CloseLongestIdle();
      retry_.expires_after(kRetryTime);
      retry_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        if (!error && !self->stopped_) self->AcceptAll();
      });
      return;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      break;
    }
    // Other errors are those of the connection that was to be accepted: accept(2).
  }
  Await();
}

void Acceptor::Admit(Descriptor socket, const Peer& peer) {
  const std::shared_ptr<Seat> seat = state_->roster.Take(peer.group, state_->IsLocal(peer.host));
  if (seat == nullptr) return state_->events.Add("no_room", peer.name);
  const std::shared_ptr<Loop>& loop = loops_[next_loop_++ % loops_.size()];
  std::shared_ptr<Connection> connection;
  try {
    connection = std::make_shared<Connection>(state_, loop, std::move(socket), peer, seat);
  } catch (const boost::system::system_error&) {  // epoll has no room
    return state_->roster.Leave(seat);
  }
  seat->close = [loop, weak = std::weak_ptr(connection)] {
    loop->Post([weak] {
      if (const std::shared_ptr<Connection> open = weak.lock()) open->MakeRoom();
    });
  };
  loop->Post([connection] { connection->Start(); });
}

}  // namespace kirikae::http
