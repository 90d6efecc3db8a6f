#include "tests/http/socket_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kirikae::testing {
namespace {

constexpr int kPatience = 10'000;  // milliseconds

}  // namespace

SocketClient::SocketClient(const std::string& address, const std::string& from) {
  constexpr std::string_view kUnix = "unix:";
  if (address.starts_with(kUnix)) {
    file_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::strncpy(to.sun_path, address.c_str() + kUnix.size(), sizeof(to.sun_path) - 1);
    if (connect(file_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) return;
  } else {
    file_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    if (!from.empty()) {
      inet_pton(AF_INET, from.c_str(), &own.sin_addr);
      EXPECT_EQ(bind(file_, reinterpret_cast<sockaddr*>(&own), sizeof(own)), 0);
    }
    sockaddr_in to = own;
    to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(file_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) return;
  }
  close(file_);
  file_ = -1;
}

SocketClient::~SocketClient() {
  if (file_ >= 0) close(file_);
}

bool SocketClient::Send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

bool SocketClient::ReadSome() {
  if (ended_) return false;
  pollfd event{file_, POLLIN, 0};
  if (poll(&event, 1, kPatience) <= 0) {
    ADD_FAILURE() << "nothing came for 10 s; before: " << in_;
    return false;
  }
  char bytes[65'536];
  const ssize_t count = recv(file_, bytes, sizeof(bytes), 0);
  if (count <= 0) {
    ended_ = true;
    reset_ = count < 0 && errno == ECONNRESET;
    return false;
  }
  in_.append(bytes, static_cast<size_t>(count));
  return true;
}

std::string SocketClient::ReadUntil(std::string_view end) {
  size_t found = in_.find(end);
  while (found == std::string::npos && ReadSome()) found = in_.find(end);
  const size_t size = found == std::string::npos ? in_.size() : found + end.size();
  std::string out = in_.substr(0, size);
  in_.erase(0, size);
  return out;
}

std::string SocketClient::ReadSomeBytes() {
  if (in_.empty()) ReadSome();
  std::string out;
  out.swap(in_);
  return out;
}

std::string SocketClient::ReadBytes(size_t count) {
  while (in_.size() < count && ReadSome()) {
  }
  std::string out = in_.substr(0, count);
  in_.erase(0, out.size());
  return out;
}

std::string SocketClient::ReadAll() {
  while (ReadSome()) {
  }
  std::string out;
  out.swap(in_);
  return out;
}

std::string SocketClient::ReadAnswer() {
  std::string head = ReadUntil("\r\n\r\n");
  constexpr std::string_view kLength = "\r\ncontent-length: ";
  const size_t at = head.find(kLength);
  if (at == std::string::npos) return head;
  return head + ReadBytes(std::stoul(head.substr(at + kLength.size())));
}

bool SocketClient::HasBytes() const {
  pollfd event{file_, POLLIN, 0};
  return poll(&event, 1, 0) > 0;
}

void SocketClient::Reset() {
  const linger at_once{1, 0};
  setsockopt(file_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  close(file_);
  file_ = -1;
}

std::string BodyOf(const std::string& answer) {
  const size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

int StatusOf(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9)) : 0;
}

}  // namespace kirikae::testing
