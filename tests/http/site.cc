#include "tests/http/site.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kirikae::testing {
namespace {

using http::Exchange;
using http::Headers;
using http::Request;

const Headers kText = {{"content-type", "text/plain"}};

std::string FactsOf(const Request& request) {
  std::string text = request.method + " " + request.path + " " + request.query + "\n" +
                     request.authority + "\n" + request.peer.substr(0, request.peer.rfind(':')) +
                     (request.local ? " local" : "") + (request.secure ? " secure" : "") + " " +
                     std::to_string(request.version) + " " + request.client_subject + "\n";
  for (const auto& [name, value] : request.headers) text += name + "=" + value + "\n";
  return text + "\n";
}

}  // namespace

class Site::Page : public http::Handler, public std::enable_shared_from_this<Page> {
 public:
  Page(Site& site, const Request& request, std::shared_ptr<Exchange> exchange)
      : site_(site), request_(request), exchange_(std::move(exchange)) {}
  ~Page() override { site_.Note("destroyed " + request_.path); }

  void Begin() {
    const std::string& path = request_.path;
    if (path == "/echo" || path == "/length") exchange_->ReadMore();
    if (path == "/drip") {
      exchange_->SendHead(200, kText);
      exchange_->ReadMore();
    }
    if (path == "/stream") {
      exchange_->SendHead(200, kText);
      left_ = std::stoi(request_.query);
      SendNext(std::string(1'000, 's'));
    }
    if (path == "/many") {
      exchange_->SendHead(200, kText);
      left_ = 1'000'000'000;
      SendNext(std::string(65'536, 'm'));
    }
    if (path == "/part") {
      exchange_->SendHead(200, kText);
      exchange_->Send("part", nullptr);
      exchange_->Abort();
    }
  }

  void OnBody(std::string_view piece) override {
    if (request_.path == "/drip") exchange_->Send(std::string(piece), nullptr);
    if (request_.path == "/pieces") {
      const std::lock_guard lock(site_.mutex_);
      site_.pieces_bytes_ += piece.size();
      site_.noted_.notify_all();
      return;
    }
    body_ += piece;
    exchange_->ReadMore();
  }
  void OnBodyEnd() override {
    site_.Note("end " + request_.path);
    if (request_.path == "/echo") exchange_->Answer(200, kText, FactsOf(request_) + body_);
    if (request_.path == "/drip") exchange_->Finish();
    if (request_.path == "/pieces") exchange_->Answer(200, kText, "read");
    if (request_.path == "/length") {
      exchange_->SendHead(200, {{"content-length", "10"}});
      exchange_->Send(request_.query, nullptr);
      exchange_->Finish();
    }
  }
  void OnClosed() override { site_.Note("closed " + request_.path); }

 private:
  void SendNext(const std::string& piece) {
    if (left_-- == 0) return exchange_->Finish();
    exchange_->Send(piece, [weak = weak_from_this(), piece] {
      const std::shared_ptr<Page> self = weak.lock();
      if (self == nullptr) return;
      if (self->request_.path == "/many") {
        const std::lock_guard lock(self->site_.mutex_);
        self->site_.taken_bytes_ += piece.size();
      }
      self->SendNext(piece);
    });
  }

  Site& site_;
  const Request request_;
  const std::shared_ptr<Exchange> exchange_;
  std::string body_;
  int left_ = 0;
};

Site::Site(http::Options options) {
  if (options.address.empty()) options.address = "127.0.0.1:0";
  options.log = [this](const std::string& event) {
    Note(event.substr(0, event.find(" address=")));
  };
  auto started = http::Server::Start(
      std::move(options),
      [this](const Request& request, const std::shared_ptr<Exchange>& exchange) {
        return Serve(request, exchange);
      });
  EXPECT_TRUE(started.ok()) << started.status();
  server_ = *std::move(started);
}

Site::~Site() {
  server_ = nullptr;
  for (std::thread& thread : threads_) thread.join();
}

std::shared_ptr<http::Handler> Site::Serve(const Request& request,
                                           const std::shared_ptr<Exchange>& exchange) {
  if (request.path == "/pieces") {
    // Before the event: who has seen the event may call ReadPiece.
    const std::lock_guard lock(mutex_);
    pieces_ = exchange;
  }
  Note("begin " + request.path);
  if (request.path == "/plain") {
    exchange->Answer(200, kText, "plain");
    return nullptr;
  }
  if (request.path == "/empty") {
    exchange->Answer(204, {}, "");
    return nullptr;
  }
  if (request.path == "/fields") {
    exchange->Answer(200,
                     {{"x-split", "a\r\nx-own: b"},
                      {"bad name", "c"},
                      {"connection", "keep-alive"},
                      {"transfer-encoding", "chunked"},
                      {"set-cookie", "one"},
                      {"set-cookie", "two"}},
                     "fields");
    return nullptr;
  }
  if (request.path == "/thread") {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([exchange] {
      exchange->SendHead(200, kText);
      exchange->Send("from a thread", nullptr);
      exchange->Finish();
    });
    return nullptr;
  }
  auto page = std::make_shared<Page>(*this, request, exchange);
  page->Begin();
  return page;
}

void Site::Note(const std::string& event) {
  const std::lock_guard lock(mutex_);
  events_.push_back(event);
  noted_.notify_all();
}

bool Site::Saw(const std::string& event, int times) {
  std::unique_lock lock(mutex_);
  return noted_.wait_for(lock, std::chrono::seconds(10), [&] {
    return std::count(events_.begin(), events_.end(), event) >= times;
  });
}

int Site::Count(const std::string& event) {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::count(events_.begin(), events_.end(), event));
}

bool Site::HasConnections(size_t count) {
  for (int i = 0; i < 1'000 && server_->connections() != count; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return server_->connections() == count;
}

void Site::ReadPiece() {
  std::shared_ptr<Exchange> exchange;
  {
    const std::lock_guard lock(mutex_);
    exchange = pieces_;
  }
  exchange->ReadMore();
}

void Site::WaitForPiece(size_t before) {
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(noted_.wait_for(lock, std::chrono::seconds(10), [&] {
    return pieces_bytes_ > before ||
           std::find(events_.begin(), events_.end(), "end /pieces") != events_.end();
  }));
}

size_t Site::PiecesBytes() {
  const std::lock_guard lock(mutex_);
  return pieces_bytes_;
}

size_t Site::TakenBytes() {
  const std::lock_guard lock(mutex_);
  return taken_bytes_;
}

}  // namespace kirikae::testing
