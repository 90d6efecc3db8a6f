#include "service/server/token_uses.h"

#include <cstdint>
#include <fstream>
#include <map>
#include <utility>

#include "absl/time/time.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"

namespace kirikae::server {

TokenUses::TokenUses(std::string state_dir, api::Authority& authority)
    : path_(std::move(state_dir) + "/token-uses"), authority_(authority) {
  std::map<int64_t, absl::Time> uses;
  std::ifstream file(path_);
  int64_t token = 0;
  int64_t second = 0;
  while (file >> token >> second) uses[token] = absl::FromUnixSeconds(second);
  authority_.KeepUses(uses);
}

absl::Status TokenUses::Write() {
  std::string text;
  for (const auto& [token, time] : authority_.Uses()) {
    text += std::to_string(token) + " " + std::to_string(absl::ToUnixSeconds(time)) + "\n";
  }
  if (text == written_) return absl::OkStatus();
  RETURN_IF_ERROR(ReplaceFile(path_, text));
  written_ = std::move(text);
  return absl::OkStatus();
}

}  // namespace kirikae::server
