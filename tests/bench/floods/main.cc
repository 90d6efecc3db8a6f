// kirikae-bench-flood NAME --address A --pid P --tokens FILE --planner FILE [--seconds S]
// Looks up a device 200 times a second while a flood runs for S seconds. Prints the daemon's memory
// at its peak and ten seconds after the flood (MiB), the median and the 99th percentile of the
// look-ups (ms), and how many failed. With --stop it floods, sends SIGTERM and prints the seconds
// until the daemon has ended. `kirikae-bench-flood --list` lists the floods.
#include <grpcpp/grpcpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <exception>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "tests/bench/floods/floods.h"

namespace kirikae::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Kibibytes, by a key of /proc/PID/status; 0 when the process has ended.
int64_t Memory(int pid, const std::string& key) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(key)) return std::stoll(line.substr(key.size()));
  }
  return 0;
}

std::vector<std::string> Lines(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Runs a flood's workers in a process of their own until it is destroyed. They give way to the
// daemon and to the look-ups, as callers on other machines would.
class Flooding {
 public:
  // Before this process has any other thread.
  Flooding(const Flood& flood, const Target& target) : process_(fork()) {
    if (process_ != 0) return;
    if (nice(19) == -1) std::cerr << "the flood keeps its priority\n";
    std::vector<std::thread> workers;
    for (size_t i = 0; i < flood.workers; ++i) {
      workers.emplace_back([&flood, &target, i] {
        flood.run(
            target, [] { return true; }, i);
      });
    }
    for (std::thread& worker : workers) worker.join();
    _exit(0);
  }
  ~Flooding() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Flooding(const Flooding&) = delete;
  Flooding& operator=(const Flooding&) = delete;

 private:
  const pid_t process_;
};

struct Measured {
  std::vector<double> millis;  ///< sorted
  int failed = 0;
  int64_t peak = 0;  ///< KiB
};

// Looks up at a fixed pace: a slow answer delays no later question's clock.
Measured LookUp(const Target& target, int pid, std::chrono::seconds time) {
  const auto stub = v1::InventoryService::NewStub(
      grpc::CreateChannel(target.address, grpc::InsecureChannelCredentials()));
  Measured measured;
  const auto begin = Clock::now();
  for (int i = 0; Clock::now() - begin < time; ++i) {
    const auto due = begin + milliseconds(5) * i;
    std::this_thread::sleep_until(due);
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + target.planner);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    v1::LookupDevicesRequest request;
    request.set_query("TSM-00024");
    v1::LookupDevicesResponse answer;
    if (!stub->LookupDevices(&context, request, &answer).ok()) ++measured.failed;
    measured.millis.push_back(
        std::chrono::duration<double, std::milli>(Clock::now() - due).count());
    if (i % 10 == 0) measured.peak = std::max(measured.peak, Memory(pid, "VmRSS:"));
  }
  std::sort(measured.millis.begin(), measured.millis.end());
  return measured;
}

double SecondsToEnd(int pid) {
  const auto begin = Clock::now();
  kill(pid, SIGTERM);
  while (kill(pid, 0) == 0 && Memory(pid, "VmSize:") > 0) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

int Main(int argc, char** argv) {
  CLI::App app("floods a daemon and measures look-ups meanwhile");
  std::string name;
  std::string tokens;
  std::string planner;
  Target target;
  int pid = 0;
  int seconds = 15;
  bool list = false;
  bool stops = false;
  app.add_option("name", name);
  app.add_option("--address", target.address);
  app.add_option("--tokens", tokens);
  app.add_option("--planner", planner);
  app.add_option("--pid", pid);
  app.add_option("--seconds", seconds);
  app.add_flag("--list", list);
  app.add_flag("--stop", stops);
  CLI11_PARSE(app, argc, argv);
  if (list) {
    for (const Flood& flood : AllFloods()) std::cout << flood.name << "\n";
    return 0;
  }
  const auto flood = std::find_if(AllFloods().begin(), AllFloods().end(),
                                  [&](const Flood& each) { return each.name == name; });
  if (flood == AllFloods().end()) {
    std::cerr << "there is no flood " << name << "\n";
    return 2;
  }
  target.tokens = Lines(tokens);
  target.planner = Lines(planner).at(0);
  if (stops) {
    const Flooding flooding(*flood, target);
    std::this_thread::sleep_for(std::chrono::seconds(3));
    const double stop = SecondsToEnd(pid);
    std::cout << std::fixed << std::setprecision(2) << std::setw(8) << stop << "\n";
    return stop <= 10 ? 0 : 1;
  }
  Measured measured;
  {
    const Flooding flooding(*flood, target);
    measured = LookUp(target, pid, std::chrono::seconds(seconds));
  }
  std::this_thread::sleep_for(std::chrono::seconds(10));
  const int64_t after = Memory(pid, "VmRSS:");
  const auto at = [&](double share) {
    return measured.millis.at(
        static_cast<size_t>(share * static_cast<double>(measured.millis.size() - 1)));
  };
  std::cout << std::left << std::setw(18) << name << std::right << std::fixed
            << std::setprecision(2) << std::setw(8) << measured.peak / 1024 << std::setw(8)
            << after / 1024 << std::setw(10) << at(0.5) << std::setw(10) << at(0.99) << std::setw(8)
            << measured.failed << std::flush;
  return at(0.99) <= 50 && measured.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace kirikae::bench

int main(int argc, char** argv) {
  try {
    return kirikae::bench::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
