#include "tests/connect/http_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <limits>

#include "absl/strings/ascii.h"

namespace kirikae::testing {

namespace beast = boost::beast;
namespace asio = boost::asio;

std::string HttpAnswer::Header(std::string_view name) const {
  return std::string(http::HeaderValue(headers, name));
}

std::vector<std::string> HttpAnswer::Values(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [field, value] : headers) {
    if (field == name) values.push_back(value);
  }
  return values;
}

HttpClient::HttpClient(const std::string& address) {
  const size_t colon = address.rfind(':');
  asio::ip::tcp::resolver resolver(context_);
  asio::connect(socket_, resolver.resolve(address.substr(0, colon), address.substr(colon + 1)));
}

void HttpClient::SendHead(const std::string& path, const http::Headers& headers,
                          const std::string& method) {
  std::string head = method + " " + path + " HTTP/1.1\r\nhost: ward.example\r\n";
  bool has_length = false;
  for (const auto& [name, value] : headers) {
    head += name + ": " + value + "\r\n";
    has_length = has_length || name == "content-length";
  }
  if (!has_length) head += "transfer-encoding: chunked\r\n";
  SendRaw(head + "\r\n");
}

void HttpClient::SendChunk(std::string_view bytes) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  SendRaw(std::string(size) + std::string(bytes) + "\r\n");
}

void HttpClient::SendEnd() { SendRaw("0\r\n\r\n"); }

bool HttpClient::SendRaw(std::string_view bytes) {
  boost::system::error_code error;
  asio::write(socket_, asio::buffer(bytes.data(), bytes.size()), error);
  return !error;
}

HttpAnswer HttpClient::ReadHead() {
  parser_ = std::make_unique<beast::http::response_parser<beast::http::string_body>>();
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  boost::system::error_code error;
  beast::http::read_header(socket_, buffer_, *parser_, error);
  HttpAnswer answer;
  if (error) return answer;
  answer.status = static_cast<int>(parser_->get().result_int());
  for (const auto& field : parser_->get()) {
    answer.headers.emplace_back(absl::AsciiStrToLower(std::string(field.name_string())),
                                std::string(field.value()));
  }
  return answer;
}

const std::string& HttpClient::ReadBody(size_t bytes) {
  boost::system::error_code error;
  while (!error && !parser_->is_done() && parser_->get().body().size() < bytes) {
    beast::http::read_some(socket_, buffer_, *parser_, error);
  }
  return parser_->get().body();
}

HttpAnswer HttpClient::ReadAnswer() {
  HttpAnswer answer = ReadHead();
  answer.body = ReadBody(std::numeric_limits<size_t>::max());
  answer.whole = parser_->is_done();
  return answer;
}

HttpAnswer HttpClient::Post(const std::string& path, const http::Headers& headers,
                            const std::string& body) {
  http::Headers all = headers;
  all.emplace_back("content-length", std::to_string(body.size()));
  SendHead(path, all);
  SendRaw(body);
  return ReadAnswer();
}

HttpAnswer Post(const std::string& address, const std::string& path, const http::Headers& headers,
                const std::string& body, const std::string& method) {
  HttpClient client(address);
  http::Headers all = headers;
  all.emplace_back("content-length", std::to_string(body.size()));
  client.SendHead(path, all, method);
  client.SendRaw(body);
  return client.ReadAnswer();
}

}  // namespace kirikae::testing
