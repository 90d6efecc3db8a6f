// The types of messages that a request may have in an Any.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string_view>

namespace kirikae::connect {

/// The type of that full name among those of the file and of all that it imports; null for another.
/// Unlike a pool's own search it keeps nothing of names that are not known. Thread-safe.
const google::protobuf::Descriptor* FindType(const google::protobuf::FileDescriptor& file,
                                             std::string_view name);

}  // namespace kirikae::connect
