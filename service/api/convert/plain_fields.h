// The plain fields of records as fields of messages: a row of the field table is all that one
// needs.
#pragma once

#include <google/protobuf/message.h>

#include "service/domain/record_fields.h"

namespace kirikae::api {

/// Sets the fields of `proto` that are plain fields of a record: those of the record's field table
/// with kInMessage that are texts, words, days, instants or flags. `proto` is the empty message of
/// that kind of record. Users, labels and exceptions are messages of their own and are left out.
void SetPlainFields(const domain::Device& device, google::protobuf::Message& proto);
void SetPlainFields(const domain::Staff& staff, google::protobuf::Message& proto);

}  // namespace kirikae::api
