// The API's values and fields in words, which the service gives.
#pragma once

#include <google/protobuf/generated_enum_reflection.h>

#include <functional>
#include <string>

#include "absl/time/time.h"
#include "client/cli/table.h"
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

/// The value for people and, as its name without the enumeration's (`MANAGER_TERMINAL`), for
/// programs; empty for the unspecified one.
Cell TermCell(const google::protobuf::EnumDescriptor& set, int number);
template <typename Enum>
Cell TermCell(Enum value) {
  return TermCell(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

/// "yes" or "no"; for programs in English.
Cell YesOrNo(bool value);
/// "yes" or nothing.
Cell YesOrNothing(bool value);

/// What people call a field of a message, such as `host_name` of `Device`.
std::string FieldLabel(const std::string& message, const std::string& field);

/// The sentence in the chosen language.
std::string InLanguage(const v1::LocalizedText& text);

/// The reason's sentence in the chosen language.
std::string InLanguage(const v1::PlanReason& reason);

/// The sentence for people; for programs in English.
Cell SentenceCell(const v1::LocalizedText& text);

/// The sentences of reasons in the chosen language, separated by "; ".
std::string Reasons(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons);

/// The same for people; for programs the codes, separated by spaces.
Cell ReasonsCell(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons);

/// The ward's time zone.
absl::TimeZone WardZone();

/// RFC 3339 as the ward's local time, `2025-05-01 09:00`; "" for "".
std::string LocalTime(const std::string& rfc3339);

}  // namespace kirikae::cli
