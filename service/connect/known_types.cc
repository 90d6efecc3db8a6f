#include "service/connect/known_types.h"

#include <set>
#include <string>

#include "service/connect/field_list.h"

namespace kirikae::connect {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

// The type in this file itself.
const Descriptor* FindIn(const FileDescriptor& file, std::string_view name) {
  if (!file.package().empty()) {
    if (!name.starts_with(file.package() + ".")) return nullptr;
    name.remove_prefix(file.package().size() + 1);
  }
  const Descriptor* type = nullptr;
  bool is_top = true;
  for (const std::string& part : PartsOf(name, '.')) {
    if (!is_top && type == nullptr) return nullptr;
    type = is_top ? file.FindMessageTypeByName(part) : type->FindNestedTypeByName(part);
    is_top = false;
  }
  return type;
}

const Descriptor* Find(const FileDescriptor& file, std::string_view name,
                       std::set<const FileDescriptor*>& seen) {
  if (!seen.insert(&file).second) return nullptr;
  const Descriptor* type = FindIn(file, name);
  for (int i = 0; type == nullptr && i < file.dependency_count(); ++i) {
    type = Find(*file.dependency(i), name, seen);
  }
  return type;
}

}  // namespace

const Descriptor* FindType(const FileDescriptor& file, std::string_view name) {
  std::set<const FileDescriptor*> seen;
  return Find(file, name, seen);
}

}  // namespace kirikae::connect
