#include "service/http/loop.h"

#include <signal.h>

#include <ctime>

#include "service/http/connection.h"

namespace kirikae::http {
namespace {

constexpr size_t kScratchBytes = 32'768;
constexpr size_t kDateBytes = 64;

// OpenSSL writes to sockets in a way that raises SIGPIPE when the client has left.
void BlockBrokenPipes() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Loop::Loop() : context_(1), work_(context_.get_executor()), scratch_(kScratchBytes) {}

Loop::~Loop() { Stop(); }

void Loop::Start() {
  thread_ = std::thread([this] {
    BlockBrokenPipes();
    context_.run();
  });
}

void Loop::Stop() {
  if (!thread_.joinable()) return;
  work_.reset();
  thread_.join();
}

std::string_view Loop::Date() {
  const time_t now = std::time(nullptr);
  if (now != date_time_) {
    date_time_ = now;
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[kDateBytes];
    date_.assign(text, std::strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts));
  }
  return date_;
}

}  // namespace kirikae::http
