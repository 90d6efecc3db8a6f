// The API's values and fields in words, which the service gives.
#pragma once

#include <google/protobuf/generated_enum_reflection.h>

#include <functional>
#include <string>

#include "kirikae/v1/planning_service.pb.h"
#include "kirikae/v1/terms_service.pb.h"
#include "kirikae/v1/types.pb.h"

namespace kirikae::cli {

/// Where the words come from: called once, when the first word is shown. Without a source, and for
/// what the service does not know, the names of the API are shown.
void SetTermsSource(std::function<v1::ListTermsResponse()> source);

/// A value of an enumeration in the chosen language; "" for the unspecified one.
std::string Term(const google::protobuf::EnumDescriptor& set, int number);
template <typename Enum>
std::string Term(Enum value) {
  return Term(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

/// What people call a field of a message, such as `host_name` of `Device`.
std::string FieldLabel(const std::string& message, const std::string& field);

/// The sentence in the chosen language.
std::string InLanguage(const v1::LocalizedText& text);

/// The sentences of reasons in the chosen language, separated by "; ".
std::string Reasons(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons);

/// RFC 3339 as the ward's local time, `2025-05-01 09:00`; "" for "".
std::string LocalTime(const std::string& rfc3339);

}  // namespace kirikae::cli
