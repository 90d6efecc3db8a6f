// Notices when the daemon no longer answers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace kirikae::server {

/// Asks the daemon's own port for its health, as any caller would. When several questions in a row
/// get no answer in time, `give_up` is called once, on the watchdog's thread: the process is to
/// end, and whoever supervises it starts it again.
class Watchdog {
 public:
  struct Options {
    std::chrono::milliseconds interval = std::chrono::seconds(10);  ///< between two questions
    std::chrono::milliseconds patience = std::chrono::seconds(5);   ///< for one answer
    int most_failures = 3;                                          ///< in a row
    bool tls =
        false;  ///< the port is encrypted; its certificate is not checked, since it is our own
    std::function<void()> on_answer = nullptr;  ///< called after each answer, on its thread
  };

  /// `endpoint` is an address that gRPC's clients take.
  Watchdog(std::string endpoint, std::function<void()> give_up, const Options& options);
  Watchdog(std::string endpoint, std::function<void()> give_up)
      : Watchdog(std::move(endpoint), std::move(give_up), Options()) {}
  /// Waits for the question that is under way.
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void Run();

  const std::string endpoint_;
  const std::function<void()> give_up_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kirikae::server
