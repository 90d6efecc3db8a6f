// The real kirikaed on a free port, with a temporary folder.
#pragma once

#include <grpcpp/grpcpp.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace kirikae::testing {

/// The start of the clock of tests' daemons, in RFC 3339.
inline constexpr char kTestDay[] = "2025-04-01T09:00:00+09:00";

class Daemon {
 public:
  /// Starts one with `--now kTestDay --allow-self-approval`, or with these flags instead.
  explicit Daemon(std::vector<std::string> flags = {"--now", kTestDay, "--allow-self-approval"});
  ~Daemon();

  /// Starts it again on the same folder, with other flags if given.
  void Start(std::vector<std::string> flags = {});
  /// SIGKILL, as a power cut would.
  void Kill();
  /// Sends SIGTERM; returns its exit code and its log.
  ProgramResult Stop();

  /// Fails the test when the daemon has used `bytes` of memory or more at any time since it
  /// started. A sanitized build does not check this, because its shadow memory counts too; it only
  /// says so.
  void ExpectPeakMemoryBelow(int64_t bytes) const;

  pid_t pid() const { return program_->pid(); }
  const TemporaryFolder& folder() const { return folder_; }
  const std::string& address() const { return address_; }
  /// Of the HTTP port; "" without `--http`.
  const std::string& http_address() const { return http_address_; }
  std::string token_file() const { return folder_ / "admin.token"; }
  std::string admin_token() const;
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }

  /// Adds the token to a call; the first start's when none is given.
  void Authorize(grpc::ClientContext& context, const std::string& token = "") const;
  /// Runs `kirikae` against it.
  ProgramResult Run(const std::vector<std::string>& args, const std::string& input = "") const;
  /// Runs `kirikae` with another token.
  ProgramResult RunAs(const std::string& token, const std::vector<std::string>& args) const;
  /// Makes a token of a role, such as "viewer".
  std::string NewToken(const std::string& role) const;

 private:
  TemporaryFolder folder_;
  TemporaryFolder logs_;
  std::vector<std::string> flags_;
  std::unique_ptr<Program> program_;
  std::string address_;
  std::string http_address_;
  std::shared_ptr<grpc::Channel> channel_;
};

/// Imports the sample ward: staff, devices, enrolments.
void ImportSampleWard(const Daemon& daemon);
/// Applies the sample rollout and approves its first plan.
void ApproveSamplePlan(const Daemon& daemon);

}  // namespace kirikae::testing
