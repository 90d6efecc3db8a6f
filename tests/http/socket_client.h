// A client that sends exactly the bytes that it is told to.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::testing {

class SocketClient {
 public:
  /// Connects to `127.0.0.1:PORT` or `unix:PATH`, from the address `from` when given.
  explicit SocketClient(const std::string& address, const std::string& from = "");
  ~SocketClient();
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  /// Whether it is connected, as far as this side knows.
  bool connected() const { return file_ >= 0; }
  int file() const { return file_; }

  /// False when the server has closed the connection.
  bool Send(std::string_view bytes) const;
  /// Reads until `end` has come, the server has closed the connection or 10 s have passed.
  std::string ReadUntil(std::string_view end);
  /// Reads what has come, at least a byte; "" at the end.
  std::string ReadSomeBytes();
  /// Reads so many bytes at least, or to the end.
  std::string ReadBytes(size_t count);
  /// Reads until the server closes the connection; fails the test after 10 s.
  std::string ReadAll();
  /// Reads one answer that has a content-length, or none and no body.
  std::string ReadAnswer();
  /// Whether the last reading ended with a reset of the connection.
  bool was_reset() const { return reset_; }
  /// Whether something has come, or the end.
  bool HasBytes() const;
  /// Ends the connection with a reset.
  void Reset();

 private:
  bool ReadSome();

  int file_ = -1;
  bool ended_ = false;
  bool reset_ = false;
  std::string in_;
};

/// What follows the head of an answer.
std::string BodyOf(const std::string& answer);
/// The status of an answer of HTTP/1.x; 0 when it is none.
int StatusOf(const std::string& answer);

}  // namespace kirikae::testing
