// Labels as one text: lines of `key=value`, in the order of keys.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kirikae::domain {

std::string PackLabels(const std::map<std::string, std::string>& labels);
std::map<std::string, std::string> UnpackLabels(std::string_view packed);

}  // namespace kirikae::domain
