// Where connections come in: counts them and hands them to the gRPC server.
#pragma once

#include <grpcpp/server_builder.h>
#include <sys/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kirikae::server {

/// Accepts connections on one address. There is always room for a new one: where there are as many
/// as may be, the one that has been silent for longest is closed, of the peer address that has
/// most. So whoever opens connections and leaves them open keeps nobody else out.
class Listener {
 public:
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
  void Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor);
  /// Accepts no more.
  void Stop();

 private:
  // What gRPC owns of a connection is its descriptor, which it closes when it likes; the inode
  // tells whether the descriptor is still that connection.
  struct Connection {
    ino_t inode;
    std::string address;
    size_t number;  // in the order of arrival
  };

  Listener(int socket, std::string endpoint, std::string path, size_t connections);
  void Run();
  void Accept();
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
  std::thread thread_;
};

/// Raises the limit of open files as far as the process may, and gives how many connections it
/// leaves room for.
size_t RoomForConnections();

}  // namespace kirikae::server
