// A client of HTTP/1.1 for tests, which can also break the rules.
#pragma once

#include <utility>
// Asio 1.74 needs <utility> before it.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/exchange.h"

namespace kirikae::testing {

struct HttpAnswer {
  int status = 0;
  http::Headers headers;  ///< names in lower case
  std::string body;
  bool whole = false;  ///< its end came

  /// The first value of a header, or "".
  std::string Header(std::string_view name) const;
  /// All values of a header, in order.
  std::vector<std::string> Values(std::string_view name) const;
};

/// A connection. Everything blocks.
class HttpClient {
 public:
  /// `127.0.0.1:PORT`.
  explicit HttpClient(const std::string& address);

  /// Sends the head of a request; a POST with a chunked body unless the headers say otherwise.
  void SendHead(const std::string& path, const http::Headers& headers,
                const std::string& method = "POST");
  /// Sends a chunk of the body, or its end.
  void SendChunk(std::string_view bytes);
  void SendEnd();
  /// Sends bytes as they are; false where the server has closed the connection.
  bool SendRaw(std::string_view bytes);
  /// Reads the head of the answer.
  HttpAnswer ReadHead();
  /// Reads until the body has at least so many bytes, or has ended. Gives all of it that came.
  const std::string& ReadBody(size_t bytes);
  /// Reads the rest.
  HttpAnswer ReadAnswer();
  /// One request with a body of known length, and its answer.
  HttpAnswer Post(const std::string& path, const http::Headers& headers, const std::string& body);
  void Close() { socket_.close(); }

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_{context_};
  boost::beast::flat_buffer buffer_;
  std::unique_ptr<boost::beast::http::response_parser<boost::beast::http::string_body>> parser_;
};

/// One request on a connection of its own.
HttpAnswer Post(const std::string& address, const std::string& path, const http::Headers& headers,
                const std::string& body, const std::string& method = "POST");

}  // namespace kirikae::testing
