#include "service/domain/labels.h"

namespace kirikae::domain {

std::string PackLabels(const std::map<std::string, std::string>& labels) {
  std::string packed;
  for (const auto& [key, value] : labels) packed += key + "=" + value + "\n";
  return packed;
}

std::map<std::string, std::string> UnpackLabels(std::string_view packed) {
  std::map<std::string, std::string> labels;
  while (!packed.empty()) {
    const size_t end = packed.find('\n');
    const std::string_view line = packed.substr(0, end);
    const size_t equals = line.find('=');
    if (equals != std::string_view::npos) {
      labels.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    packed = end == std::string_view::npos ? std::string_view() : packed.substr(end + 1);
  }
  return labels;
}

}  // namespace kirikae::domain
