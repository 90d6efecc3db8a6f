// Labels as one text column: lines of `key=value`, in key order.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kirikae::domain {

std::string PackLabels(const std::map<std::string, std::string>& labels);
std::map<std::string, std::string> UnpackLabels(std::string_view packed);

}  // namespace kirikae::domain
