#include "service/tabular/package_path.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace kirikae::tabular {
namespace {

int HexDigit(char c) {
  return absl::ascii_isdigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
}

std::string WithoutPercents(std::string_view name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '%' && i + 2 < name.size() && absl::ascii_isxdigit(name[i + 1]) &&
        absl::ascii_isxdigit(name[i + 2])) {
      out.push_back(static_cast<char>(HexDigit(name[i + 1]) * 16 + HexDigit(name[i + 2])));
      i += 2;
    } else {
      out.push_back(name[i]);
    }
  }
  return out;
}

}  // namespace

std::string PartKey(std::string_view name) {
  std::string plain = WithoutPercents(name);
  std::replace(plain.begin(), plain.end(), '\\', '/');
  std::vector<std::string> pieces;
  for (std::string& piece : std::vector<std::string>(absl::StrSplit(plain, '/'))) {
    if (piece.empty() || piece == ".") continue;
    if (piece != "..") {
      pieces.push_back(absl::AsciiStrToLower(piece));
    } else if (!pieces.empty()) {
      pieces.pop_back();
    }
  }
  return absl::StrJoin(pieces, "/");
}

std::string TargetKey(std::string_view part, std::string_view target) {
  if (target.starts_with('/') || target.starts_with('\\')) return PartKey(target);
  const size_t slash = part.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : part.substr(0, slash + 1);
  return PartKey(std::string(folder) + std::string(target));
}

std::string RelationshipsKey(const std::string& part_key) {
  const size_t slash = part_key.rfind('/');
  if (slash == std::string::npos) return "_rels/" + part_key + ".rels";
  return part_key.substr(0, slash + 1) + "_rels/" + part_key.substr(slash + 1) + ".rels";
}

}  // namespace kirikae::tabular
