// Devices and staff between the domain and the API.
#pragma once

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/types.pb.h"
#include "service/domain/readiness.h"
#include "service/domain/records.h"
#include "service/domain/sentence.h"

namespace kirikae::api {

/// The record as the API gives it; `now` decides whether an exception holds.
void ToProto(const domain::Device& device, v1::Device* proto, absl::Time now);
void ToProto(const domain::Staff& staff, v1::Staff* proto);
void ToProto(const domain::HistoryEntry& entry, v1::HistoryEntry* proto);
void ToProto(const domain::Blocker& blocker, v1::Blocker* proto);
/// Both languages.
void ToProto(const domain::Sentence& sentence, v1::LocalizedText* proto);

/// RFC 3339 in UTC, such as `2025-05-01T00:00:00Z`.
std::string FormatInstant(absl::Time time);

}  // namespace kirikae::api
