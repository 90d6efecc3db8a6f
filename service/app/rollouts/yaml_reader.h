// Reads a YAML map key by key and reports keys that were never read.
#pragma once

#include <yaml-cpp/yaml.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/domain/error_detail.h"

namespace kirikae::app {

/// One map at a path. A map of more than 1,000 keys and a list of more than 10,000 entries is a
/// fault and counts as empty. Every fault goes to the shared list. Not thread-safe.
class YamlReader {
 public:
  YamlReader(const YAML::Node& map, std::string path, std::vector<domain::Violation>& violations);

  std::string Text(const char* key, bool required = false);
  std::optional<int> Whole(const char* key);
  /// A whole number from -1,000,000 to 1,000,000.
  std::optional<int> Signed(const char* key);
  /// A number from 0 to 1,000,000.
  std::optional<double> Number(const char* key);
  std::vector<double> Numbers(const char* key);
  bool Flag(const char* key);
  std::optional<absl::CivilDay> Day(const char* key);
  std::vector<absl::CivilDay> Days(const char* key);
  /// A list of `MON` to `SUN`.
  std::vector<absl::Weekday> Weekdays(const char* key);
  std::optional<absl::Weekday> Weekday(const char* key);
  std::vector<std::string> Texts(const char* key);
  /// `34%` or `0.34`, as 0.34.
  std::optional<double> Share(const char* key, bool required = false);
  /// Whether the map has the key.
  bool Has(const char* key);
  /// Each map of a list.
  void Each(const char* key, const std::function<void(YamlReader&)>& visit);
  /// The map under a key, or an empty one.
  YamlReader Map(const char* key);
  /// All keys with their text.
  std::vector<std::pair<std::string, std::string>> Pairs();
  /// Adds a fault of a key.
  void Fault(std::string_view key, domain::Sentence sentence);
  /// Adds a fault for every key that was not read; call it last.
  void RefuseUnknown();
  const std::string& path() const { return path_; }

 private:
  YAML::Node Get(const char* key);
  bool IsTooLong(const char* key, const YAML::Node& list);
  std::string PathOf(std::string_view key) const;

  YAML::Node map_;
  std::string path_;
  std::vector<domain::Violation>& violations_;
  std::set<std::string> asked_;
};

}  // namespace kirikae::app
