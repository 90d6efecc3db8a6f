// An exchange whose answers have the security headers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "service/http/exchange.h"

namespace kirikae::server {

/// Passes everything on and adds to each head what keeps a browser from running, framing or
/// guessing what the daemon did not mean. Thread-safe as the exchange is.
class SecuredExchange final : public http::Exchange {
 public:
  explicit SecuredExchange(std::shared_ptr<http::Exchange> inner) : inner_(std::move(inner)) {}

  void ReadMore() override { inner_->ReadMore(); }
  void SendHead(int status, http::Headers headers) override {
    inner_->SendHead(status, Secured(std::move(headers)));
  }
  void Send(std::string bytes, std::function<void()> written) override {
    inner_->Send(std::move(bytes), std::move(written));
  }
  void Finish() override { inner_->Finish(); }
  void Answer(int status, http::Headers headers, std::string body) override {
    inner_->Answer(status, Secured(std::move(headers)), std::move(body));
  }
  void Abort() override { inner_->Abort(); }

 private:
  static http::Headers Secured(http::Headers headers);

  const std::shared_ptr<http::Exchange> inner_;
};

}  // namespace kirikae::server
