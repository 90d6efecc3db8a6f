// Every error of service/domain/errors.h, made of example values.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace kirikae::testing {

/// An error and what it promises.
struct ErrorExample {
  std::string call;  ///< the call that made it, `DeviceRetired(text)`
  absl::Status status;
  std::vector<std::string> keys;  ///< of its metadata
};

/// One of each. `text` stands for every text that a caller may have sent.
std::vector<ErrorExample> EveryError(const std::string& text);

}  // namespace kirikae::testing
