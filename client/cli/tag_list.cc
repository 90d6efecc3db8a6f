#include "client/cli/tag_list.h"

#include <istream>

namespace kirikae::cli {

bool NextTag(std::istream& in, std::string& tag) {
  while (std::getline(in, tag)) {
    while (!tag.empty() && (tag.back() == '\r' || tag.back() == ' ')) tag.pop_back();
    if (!tag.empty()) return true;
  }
  tag.clear();
  return false;
}

void ReadTags(std::istream& in, std::vector<std::string>& tags) {
  for (std::string tag; NextTag(in, tag);) tags.push_back(tag);
}

}  // namespace kirikae::cli
