// Where connections come in: counts them and hands them to the gRPC server.
#pragma once

#include <grpcpp/server_builder.h>
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/http/address.h"
#include "service/server/first_bytes.h"

namespace kirikae::server {

/// Accepts connections on one address. There is always room for a new one: where there are as many
/// as may be, the one that has been silent for longest is closed, of the peer address that has
/// most. So whoever opens connections and leaves them open keeps nobody else out. A connection is
/// handed on once its client has begun to speak as the port does; who speaks otherwise is told so,
/// and who says nothing for ten seconds is closed. While the process works hard, who resets calls
/// as fast as they are sent, or sends far more bytes than its calls can need, is cut off, and
/// whoever comes from the same address is turned away for half a minute: gRPC would go on working
/// for it.
class Listener {
 public:
  /// How clients are greeted.
  struct Greeting {
    bool tls = false;      ///< the port is encrypted
    std::string web_page;  ///< what a browser is told, as text for people
    /// Told of each client that speaks otherwise, at most ten times a second.
    std::function<void(std::string_view event)> log = nullptr;
  };

  /// FAILED_PRECONDITION for an address whose port can't be one.
  static absl::Status CheckAddress(const std::string& address);

  /// Binds `HOST:PORT`, `[ADDRESS]:PORT` or `unix:PATH`; port 0 takes a free one. At most
  /// `connections` are open at a time. FAILED_PRECONDITION where the address can't be served.
  static absl::StatusOr<std::unique_ptr<Listener>> Bind(const std::string& address,
                                                        size_t connections);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// The address as it was bound, with the port's number.
  const std::string& endpoint() const { return endpoint_; }
  /// Begins to accept, once the server has started.
  void Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor,
             Greeting greeting);
  /// Accepts no more. Who is connected stays so, and is watched as before.
  void StopAccepting();
  /// Cuts off who is still connected at that time: gRPC waits for those that keep it busy.
  void CutAllAt(std::chrono::system_clock::time_point time);
  /// Ends all of it.
  void Stop();

 private:
  // What gRPC owns of a connection is its descriptor, which it closes when it likes; the inode
  // tells whether the descriptor is still that connection.
  struct Connection {
    ino_t inode;
    std::string address;
    std::string group;  // what is turned away as one, see http::Peer
    std::string peer;   // as gRPC names it
    size_t number;      // in the order of arrival
  };

  Listener(http::Listening listening, size_t connections);
  using Clock = std::chrono::steady_clock;
  // A connection whose client has not said enough.
  struct Silent {
    int file;
    size_t number;
    Clock::time_point until;
  };

  void Wake() const;
  void Run();
  void Accept();
  // Looks at what a silent client says now.
  void Listen(int file);
  // Gives a connection to gRPC.
  void HandOver(int file);
  // Closes a connection that gRPC does not have.
  void Drop(int file);
  void TurnAway(int file, Spoken spoken);
  void Log(std::string_view event, int file);
  void DropSilent(Clock::time_point now);
  void CutFloods(Clock::time_point now);
  void Cut(int file, std::string_view why, Clock::time_point now);
  void CutAll();
  // Whether connections from this group of addresses are turned away.
  bool IsAway(const std::string& group) const;
  void ForgetClosed();
  void MakeRoom();

  const int socket_;
  const int wake_;  // an eventfd
  const std::string endpoint_;
  const std::string path_;  // of a Unix socket
  const size_t most_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unordered_map<int, Connection> connections_;  // by descriptor
  size_t accepted_ = 0;
  Greeting greeting_;
  int poll_ = -1;                               // an epoll
  std::unordered_map<int, size_t> not_spoken_;  // numbers of connections, by descriptor
  std::deque<Silent> silent_;                   // by time; some have spoken since
  std::atomic<bool> accepting_ = true;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::chrono::system_clock::rep> cut_all_at_ = 0;  // 0 = never
  Clock::time_point looked_;  // when the time that the process used was looked at
  Clock::time_point look_again_;
  std::chrono::nanoseconds used_{0};                         // by then
  std::unordered_map<std::string, Clock::time_point> away_;  // until when, by group
  Clock::time_point log_second_;
  int logged_ = 0;  // in that second
  std::thread thread_;
};

/// Raises the limit of open files as far as the process may, and gives how many connections it
/// leaves room for.
size_t RoomForConnections();

}  // namespace kirikae::server
