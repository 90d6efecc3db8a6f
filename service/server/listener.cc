#include "service/server/listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "service/http/address.h"
#include "service/server/received_bytes.h"
#include "service/server/refused.h"
#include "service/server/stream_counts.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

constexpr std::string_view kUnix = "unix:";

using domain::Sentence;

constexpr rlim_t kMostFiles = 65'536;
// Files of the database, of uploads and of exports.
constexpr rlim_t kOwnFiles = 256;
constexpr size_t kFewestConnections = 32;
constexpr std::chrono::seconds kSilence(10);
// How often it is looked whether the process works hard, and when it does, for whom.
constexpr std::chrono::milliseconds kLook(10);
constexpr int kRestsOfALook = 10;
// Four times what a peer may have that keeps to the limit of streams.
constexpr int64_t kMostOutstanding = 400;
constexpr std::chrono::seconds kAway(30);
// What a connection may send: a message has at most 4 MiB, the headers of a call far less than 64
// KiB, and some of what has arrived is not counted yet.
constexpr int64_t kFreeBytes = int64_t{16} << 20U;
constexpr int64_t kBytesOfStream = int64_t{64} << 10U;
constexpr int64_t kBytesOfMessage = int64_t{4} << 20U;

std::string PortIn(const std::string& address) {
  const size_t colon = address.rfind(':');
  return colon == std::string::npos ? "" : address.substr(colon + 1);
}

bool IsPort(const std::string& text) {
  constexpr size_t kDigits = 5;
  return !text.empty() && text.size() <= kDigits &&
         text.find_first_not_of("0123456789") == std::string::npos && std::stoi(text) <= 65'535;
}

std::optional<ino_t> InodeOf(int file) {
  struct stat info {};
  return fstat(file, &info) == 0 ? std::optional(info.st_ino) : std::nullopt;
}

// Milliseconds since the peer sent anything; 0 where that is not known.
uint32_t SilenceOf(int socket) {
  tcp_info info{};
  socklen_t length = sizeof(info);
  return getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) == 0 ? info.tcpi_last_data_recv
                                                                        : 0;
}

// Ends a connection that gRPC has. Unlike shutdown(), this forgets what has arrived and was not
// read.
void Disconnect(int file) {
  const sockaddr none{.sa_family = AF_UNSPEC, .sa_data = {}};
  if (connect(file, &none, sizeof(none)) != 0) shutdown(file, SHUT_RDWR);
}

// The processor time that the process has used.
std::chrono::nanoseconds UsedTime() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

size_t RoomForConnections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return kFewestConnections;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, kMostFiles));
  setrlimit(RLIMIT_NOFILE, &limit);
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= kOwnFiles + kFewestConnections) {
    return kFewestConnections;
  }
  return limit.rlim_cur - kOwnFiles;
}

absl::Status Listener::CheckAddress(const std::string& address) {
  const std::string port = PortIn(address);
  if (address.starts_with(kUnix) || IsPort(port)) return absl::OkStatus();
  return Refused(Sentence("$0 is not a port; a port is a number from 0 to 65535.", {port}));
}

absl::StatusOr<std::unique_ptr<Listener>> Listener::Bind(const std::string& address,
                                                         size_t connections) {
  RETURN_IF_ERROR(CheckAddress(address));
  ASSIGN_OR_RETURN(http::Listening listening, http::ListenOn(address));
  return std::unique_ptr<Listener>(new Listener(std::move(listening), connections));
}

Listener::Listener(http::Listening listening, size_t connections)
    : socket_(listening.socket.Release()),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      endpoint_(std::move(listening.bound)),
      path_(std::move(listening.path)),
      most_(connections) {}

Listener::~Listener() {
  Stop();
  close(socket_);
  close(wake_);
  if (!path_.empty()) unlink(path_.c_str());
}

void Listener::Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor,
                     Greeting greeting) {
  acceptor_ = std::move(acceptor);
  greeting_ = std::move(greeting);
  thread_ = std::thread([this] { Run(); });
}

void Listener::StopAccepting() {
  accepting_ = false;
  Wake();
}

void Listener::CutAllAt(std::chrono::system_clock::time_point time) {
  cut_all_at_ = time.time_since_epoch().count();
  Wake();
}

void Listener::Stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  Wake();
  thread_.join();
}

void Listener::Wake() const {
  const uint64_t one = 1;
  while (write(wake_, &one, sizeof(one)) < 0 && errno == EINTR) {
  }
}

void Listener::Run() {
  poll_ = epoll_create1(EPOLL_CLOEXEC);
  for (const int file : {socket_, wake_}) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = file}};
    epoll_ctl(poll_, EPOLL_CTL_ADD, file, &event);
  }
  constexpr int kAtATime = 64;
  while (!stopping_) {
    int wait = connections_.empty() ? -1 : static_cast<int>(kLook.count());
    if (!silent_.empty()) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(silent_.front().until - Clock::now());
      wait = static_cast<int>(std::clamp<int64_t>(left.count(), 0, kLook.count()));
    }
    std::array<epoll_event, kAtATime> events{};
    const int count = epoll_wait(poll_, events.data(), kAtATime, wait);
    for (int i = 0; i < count; ++i) {
      const int file = events[static_cast<size_t>(i)].data.fd;
      if (file == wake_) {
        uint64_t times = 0;
        static_cast<void>(read(wake_, &times, sizeof(times)));
        if (!accepting_) {
          epoll_ctl(poll_, EPOLL_CTL_DEL, socket_, nullptr);
          while (!not_spoken_.empty()) Drop(not_spoken_.begin()->first);
        }
      } else if (file == socket_) {
        Accept();
      } else {
        Listen(file);
      }
    }
    DropSilent(Clock::now());
    CutFloods(Clock::now());
    const auto cut_all_at = cut_all_at_.load();
    if (cut_all_at != 0 &&
        std::chrono::system_clock::now().time_since_epoch().count() >= cut_all_at) {
      CutAll();
    }
  }
  while (!not_spoken_.empty()) Drop(not_spoken_.begin()->first);
  close(poll_);
}

void Listener::Accept() {
  if (connections_.size() >= most_) MakeRoom();
  sockaddr_storage peer{};
  socklen_t length = sizeof(peer);
  const int file =
      accept4(socket_, reinterpret_cast<sockaddr*>(&peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (file < 0) {
    // With no descriptor left, the connection waits; epoll would report it at once again.
    if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
      MakeRoom();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return;
  }
  const std::optional<ino_t> inode = InodeOf(file);
  const http::Peer from = http::PeerOf(peer);
  if (!inode.has_value() || IsAway(from.group)) {
    close(file);
    return;
  }
  const int on = 1;
  if (path_.empty()) setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  const size_t number = accepted_++;
  connections_[file] = {*inode, from.host, from.group, from.name, number};
  // Told of each further byte once, so that too few of them do not keep this thread busy.
  epoll_event event{.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data = {.fd = file}};
  if (epoll_ctl(poll_, EPOLL_CTL_ADD, file, &event) != 0) {
    HandOver(file);
    return;
  }
  not_spoken_[file] = number;
  silent_.push_back({file, number, Clock::now() + kSilence});
}

void Listener::Listen(int file) {
  if (!not_spoken_.contains(file)) return;
  constexpr size_t kEnough = 8;
  std::array<char, kEnough> bytes{};
  const ssize_t size = recv(file, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (size <= 0) {
    Drop(file);
    return;
  }
  const Spoken spoken = SpokenBy({bytes.data(), static_cast<size_t>(size)});
  if (spoken == Spoken::kUnknown) return;
  const bool fits =
      greeting_.tls ? spoken == Spoken::kTls : spoken == Spoken::kHttp2 || spoken == Spoken::kOther;
  if (fits) {
    epoll_ctl(poll_, EPOLL_CTL_DEL, file, nullptr);
    not_spoken_.erase(file);
    HandOver(file);
  } else {
    TurnAway(file, spoken);
  }
}

void Listener::HandOver(int file) {
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
  parameters.listener_fd = socket_;
  parameters.fd = file;
  acceptor_->HandleNewConnection(&parameters);
}

void Listener::Drop(int file) {
  not_spoken_.erase(file);
  connections_.erase(file);
  close(file);  // which leaves the epoll, too
}

void Listener::TurnAway(int file, Spoken spoken) {
  Log(spoken == Spoken::kTls     ? "TLS spoken to a port of plain text"
      : spoken == Spoken::kHttp1 ? "HTTP/1 spoken to the gRPC port"
                                 : "plain text spoken to a port of TLS",
      file);
  // A client of TLS that gets this names the version as wrong, and so knows what is the matter.
  if (spoken != Spoken::kHttp2) {
    const std::string answer =
        "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
        "connection: close\r\ncontent-length: " +
        std::to_string(greeting_.web_page.size()) + "\r\n\r\n" + greeting_.web_page;
    // What is not read would make the system take the answer back. Who sends without end gets none.
    constexpr int kMostReads = 16;
    std::array<char, 4096> request{};
    for (int i = 0; i < kMostReads; ++i) {
      if (recv(file, request.data(), request.size(), MSG_DONTWAIT) <= 0) break;
    }
    static_cast<void>(send(file, answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
    shutdown(file, SHUT_WR);
  }
  Drop(file);
}

void Listener::Log(std::string_view event, int file) {
  constexpr int kMostASecond = 10;
  const Clock::time_point second = std::chrono::floor<std::chrono::seconds>(Clock::now());
  if (second != log_second_) logged_ = 0;
  log_second_ = second;
  if (greeting_.log == nullptr || ++logged_ > kMostASecond) return;
  greeting_.log(std::string(event) + " address=" + connections_[file].address);
}

void Listener::DropSilent(Clock::time_point now) {
  while (!silent_.empty() && silent_.front().until <= now) {
    const Silent silent = silent_.front();
    silent_.pop_front();
    const auto found = not_spoken_.find(silent.file);
    if (found != not_spoken_.end() && found->second == silent.number) Drop(silent.file);
  }
}

void Listener::CutFloods(Clock::time_point now) {
  if (now - looked_ < kLook || now < look_again_) return;
  const std::chrono::nanoseconds used = UsedTime();
  const bool works_hard = used - used_ >= (now - looked_) / 5;
  looked_ = now;
  used_ = used;
  // All peers of a Unix socket have the same name.
  if (!works_hard || !path_.empty()) return;
  struct Sender {
    int file;
    int64_t bytes;
  };
  // What has arrived is read first: what is counted of it afterwards can only be more.
  std::unordered_map<std::string, Sender> senders;
  for (const auto& [file, connection] : connections_) {
    if (InodeOf(file) == connection.inode) senders[connection.peer] = {file, ReceivedBytes(file)};
  }
  for (const StreamCount& count : ReadStreamCounts()) {
    const auto sender = senders.find(count.peer);
    if (sender == senders.end()) continue;
    if (count.outstanding > kMostOutstanding) {
      Cut(sender->second.file, "calls reset as fast as they are sent", now);
    } else if (sender->second.bytes >
               kFreeBytes + count.streams * kBytesOfStream + count.messages * kBytesOfMessage) {
      Cut(sender->second.file, "more bytes than calls can need", now);
    }
  }
  // With very many connections a look takes long: most of the time is left to the calls.
  look_again_ = Clock::now() + kRestsOfALook * (Clock::now() - now);
}

void Listener::Cut(int file, std::string_view why, Clock::time_point now) {
  Log(why, file);
  std::erase_if(away_, [&](const auto& entry) { return entry.second <= now; });
  away_[connections_[file].group] = now + kAway;
  Disconnect(file);
  connections_.erase(file);
}

void Listener::CutAll() {
  while (!not_spoken_.empty()) Drop(not_spoken_.begin()->first);
  for (const auto& [file, connection] : connections_) {
    if (InodeOf(file) == connection.inode) Disconnect(file);
  }
  connections_.clear();
}

bool Listener::IsAway(const std::string& group) const {
  const auto away = away_.find(group);
  return away != away_.end() && Clock::now() < away->second;
}

void Listener::ForgetClosed() {
  std::erase_if(connections_,
                [](const auto& entry) { return InodeOf(entry.first) != entry.second.inode; });
}

// Closes a twentieth of the connections, so that not each new one has to look at all.
void Listener::MakeRoom() {
  ForgetClosed();
  if (connections_.size() < most_) return;
  std::map<std::string, size_t> counts;
  for (const auto& [file, connection] : connections_) ++counts[connection.address];
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  struct Candidate {
    uint32_t silence;
    size_t number;
    int file;
  };
  std::vector<Candidate> candidates;
  for (const auto& [file, connection] : connections_) {
    if (connection.address == most->first) {
      candidates.push_back({SilenceOf(file), connection.number, file});
    }
  }
  const size_t count = std::min(candidates.size(), 1 + most_ / 20);
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                    candidates.end(), [](const Candidate& a, const Candidate& b) {
                      return a.silence != b.silence ? a.silence > b.silence : a.number < b.number;
                    });
  for (size_t i = 0; i < count; ++i) {
    if (not_spoken_.contains(candidates[i].file)) {
      Drop(candidates[i].file);
      continue;
    }
    // gRPC notices that and closes the descriptor.
    shutdown(candidates[i].file, SHUT_RDWR);
    connections_.erase(candidates[i].file);
  }
}

}  // namespace kirikae::server
