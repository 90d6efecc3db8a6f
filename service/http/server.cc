#include "service/http/server.h"

#include <unistd.h>

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "service/http/acceptor.h"
#include "service/http/address.h"
#include "service/http/connection.h"
#include "service/http/loop.h"
#include "service/http/server_state.h"
#include "service/status_macros.h"

namespace kirikae::http {
namespace {

// Runs a task on a loop's thread and waits for its end.
template <typename Task>
void RunOn(Loop& loop, Task task) {
  const auto done = std::make_shared<std::promise<void>>();
  loop.Post([&task, done] {
    task();
    done->set_value();
  });
  done->get_future().wait();
}

}  // namespace

class Server::Running {
 public:
  Running(Options options, Serve serve, Listening listening)
      : address_(std::move(listening.bound)),
        path_(std::move(listening.path)),
        state_(std::make_shared<ServerState>(std::move(options), std::move(serve))) {
    const size_t threads = std::max<size_t>(1, state_->options.threads);
    for (size_t i = 0; i < threads; ++i) loops_.push_back(std::make_shared<Loop>());
    acceptor_ = std::make_shared<Acceptor>(state_, loops_, std::move(listening.socket));
    for (const auto& loop : loops_) loop->Start();
    loops_.front()->Post([acceptor = acceptor_] { acceptor->Start(); });
  }

  const std::string& address() const { return address_; }
  const ServerState& state() const { return *state_; }

  void Stop(std::chrono::milliseconds patience) {
    if (loops_.empty()) return;
    RunOn(*loops_.front(), [this] { acceptor_->Stop(); });
    acceptor_ = nullptr;
    if (!path_.empty()) unlink(path_.c_str());
    for (const auto& loop : loops_) {
      loop->Post([loop = loop.get()] {
        for (const auto& connection : Connections(*loop)) connection->Drain();
      });
    }
    state_->roster.WaitUntilEmpty(patience);
    for (const auto& loop : loops_) {
      RunOn(*loop, [&] {
        for (const auto& connection : Connections(*loop)) connection->Close();
      });
      loop->Stop();
    }
    loops_.clear();
  }

 private:
  // A copy: closing one takes it out of the loop's.
  static std::vector<std::shared_ptr<Connection>> Connections(Loop& loop) {
    return {loop.connections().begin(), loop.connections().end()};
  }

  const std::string address_;
  const std::string path_;
  const std::shared_ptr<ServerState> state_;
  std::vector<std::shared_ptr<Loop>> loops_;
  std::shared_ptr<Acceptor> acceptor_;
};

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Options options, Serve serve) {
  ASSIGN_OR_RETURN(Listening listening, ListenOn(options.address));
  return std::unique_ptr<Server>(new Server(
      std::make_unique<Running>(std::move(options), std::move(serve), std::move(listening))));
}

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}

Server::~Server() { running_->Stop(std::chrono::milliseconds(0)); }

const std::string& Server::address() const { return running_->address(); }

size_t Server::connections() const { return running_->state().roster.size(); }

size_t Server::streams() const { return running_->state().streams; }

void Server::Stop(std::chrono::milliseconds patience) { running_->Stop(patience); }

}  // namespace kirikae::http
