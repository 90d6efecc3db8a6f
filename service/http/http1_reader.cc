#include "service/http/http1_reader.h"

#include <utility>
// Asio 1.74, which Beast includes, needs <utility> before it.
#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "service/absl_view.h"
#include "service/http/request_target.h"

namespace kirikae::http {
namespace {

namespace beast = boost::beast::http;

using View = boost::beast::string_view;
using Error = boost::system::error_code;

constexpr int kBadRequest = 400;
constexpr int kExpectationFailed = 417;
constexpr int kNotImplemented = 501;
constexpr int kVersionNotSupported = 505;

constexpr std::string_view kVersionForm = "HTTP/x.x";

std::string_view Standard(View view) { return {view.data(), view.size()}; }

bool IsControl(char c) {
  constexpr unsigned char kFirstPrintable = 0x20;
  constexpr unsigned char kDelete = 0x7f;
  const auto byte = static_cast<unsigned char>(c);
  return (byte < kFirstPrintable && c != '\t') || byte == kDelete;
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether the request line ends in a version of HTTP that is none of ours.
bool IsOtherVersion(std::string_view line) {
  if (line.size() < kVersionForm.size()) return false;
  const std::string_view version = line.substr(line.size() - kVersionForm.size());
  return version.starts_with("HTTP/") && IsDigits(version.substr(5, 1)) && version[6] == '.' &&
         IsDigits(version.substr(7, 1)) && version != "HTTP/1.1" && version != "HTTP/1.0";
}

}  // namespace

HeadScan ScanHead(std::string_view bytes, size_t seen) {
  for (size_t i = seen; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool after_return = i > 0 && bytes[i - 1] == '\r';
    if (c == '\n') {
      if (!after_return) return {0, kBadRequest};
      if (i >= 3 && bytes[i - 2] == '\n') return {i + 1, 0};
    } else {
      const bool continues = (c == ' ' || c == '\t') && i > 0 && bytes[i - 1] == '\n';
      if (after_return || continues || (IsControl(c) && c != '\r')) return {0, kBadRequest};
    }
  }
  return {};
}

class Http1Reader::Parser : public beast::basic_parser<true> {
 public:
  Parser() {
    body_limit(UINT64_MAX);    // the engine knows the request's own
    header_limit(UINT32_MAX);  // the head is whole before it is parsed
    eager(false);
  }

  // Of the head.
  Request request;
  int fault = 0;
  int hosts = 0;
  int lengths = 0;
  int codings = 0;
  bool chunked = false;
  bool expects_continue = false;
  // Of the body.
  std::string_view piece;

 private:
  void on_request_impl(beast::verb /*verb*/, View method, View target, int version,
                       Error& error) override {
    request.method = Standard(method);
    request.version = version;
    if (!TakeTarget(Standard(target), request)) Refuse(kBadRequest, error);
  }
  void on_response_impl(int /*status*/, View /*reason*/, int /*version*/,
                        Error& /*error*/) override {}
  void on_field_impl(beast::field field, View name, View value, Error& error) override {
    if (in_body_) return;  // a trailer
    switch (field) {
      case beast::field::host:
        ++hosts;
        if (!IsAuthority(Standard(value))) return Refuse(kBadRequest, error);
        if (request.authority.empty()) request.authority = Standard(value);
        break;
      case beast::field::content_length:
        ++lengths;
        if (!IsDigits(Standard(value))) return Refuse(kBadRequest, error);
        break;
      case beast::field::transfer_encoding:
        ++codings;
        chunked = absl::EqualsIgnoreCase(AbslView(Standard(value)), "chunked");
        break;
      case beast::field::expect:
        if (!absl::EqualsIgnoreCase(AbslView(Standard(value)), "100-continue")) {
          return Refuse(kExpectationFailed, error);
        }
        expects_continue = true;
        break;
      default:
        break;
    }
    request.headers.emplace_back(absl::AsciiStrToLower({name.data(), name.size()}),
                                 Standard(value));
  }
  void on_header_impl(Error& /*error*/) override { in_body_ = true; }
  void on_body_init_impl(const boost::optional<uint64_t>& /*length*/, Error& /*error*/) override {}
  size_t on_body_impl(View bytes, Error& /*error*/) override {
    piece = Standard(bytes);
    return bytes.size();
  }
  void on_chunk_header_impl(uint64_t /*size*/, View /*extensions*/, Error& /*error*/) override {}
  size_t on_chunk_body_impl(uint64_t /*remain*/, View bytes, Error& /*error*/) override {
    piece = Standard(bytes);
    return bytes.size();
  }
  void on_finish_impl(Error& /*error*/) override {}

  void Refuse(int status, Error& error) {
    fault = status;
    error = make_error_code(beast::error::bad_value);
  }

  bool in_body_ = false;
};

Http1Reader::Http1Reader() : parser_(std::make_unique<Parser>()) {}
Http1Reader::~Http1Reader() = default;

int Http1Reader::ReadHead(std::string_view head) {
  if (IsOtherVersion(head.substr(0, head.find("\r\n")))) return kVersionNotSupported;
  Error error;
  parser_->put({head.data(), head.size()}, error);
  if (parser_->fault != 0) return parser_->fault;
  if (error) return kBadRequest;
  const int version = parser_->request.version;
  if (parser_->lengths > 1 || (parser_->lengths > 0 && parser_->codings > 0)) return kBadRequest;
  if (parser_->hosts > 1 || (parser_->hosts == 0 && version > 10)) return kBadRequest;
  if (parser_->codings > 0) {
    if (version < 11) return kBadRequest;
    if (parser_->codings > 1 || !parser_->chunked) return kNotImplemented;
  }
  if (parser_->request.method == "CONNECT") return kNotImplemented;
  return 0;
}

Request& Http1Reader::request() { return parser_->request; }

bool Http1Reader::keep_alive() const { return parser_->keep_alive(); }

bool Http1Reader::expects_continue() const {
  return parser_->expects_continue && parser_->request.version > 10;
}

std::optional<uint64_t> Http1Reader::content_length() const {
  if (parser_->codings > 0) return std::nullopt;
  return parser_->content_length().value_or(0);
}

bool Http1Reader::complete() const { return parser_->is_done(); }

Http1Reader::Event Http1Reader::Next(std::string_view bytes, size_t* used) {
  *used = 0;
  parser_->piece = {};
  while (!parser_->is_done()) {
    if (*used == bytes.size()) return Event::kNeedsMore;
    Error error;
    *used += parser_->put({bytes.data() + *used, bytes.size() - *used}, error);
    if (error == beast::error::need_more) return Event::kNeedsMore;
    if (error) return Event::kBroken;
    if (!parser_->piece.empty()) return Event::kPiece;
  }
  return Event::kEnd;
}

std::string_view Http1Reader::piece() const { return parser_->piece; }

}  // namespace kirikae::http
