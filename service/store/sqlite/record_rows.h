// Writing the rows of records. All throw SQLite::Exception.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Writes the record's row with this version, new or in the place of the old one.
void WriteRow(Connection& connection, const domain::Staff& staff, int64_t version);
void WriteRow(Connection& connection, const domain::Rollout& rollout, int64_t version);
void WriteRow(Connection& connection, const domain::Plan& plan, int64_t version);
void WriteRow(Connection& connection, const domain::Wave& wave, int64_t version);
void WriteRow(Connection& connection, const domain::Placement& placement, int64_t version);
void WriteRow(Connection& connection, const domain::PhaseStatus& phase, int64_t version);
void WriteRow(Connection& connection, const domain::Token& token, int64_t version);
void WriteRow(Connection& connection, const domain::ImportPreview& import, int64_t version);
void WriteRow(Connection& connection, const domain::ImportProfile& profile, int64_t version);
void WriteRow(Connection& connection, const domain::CalendarDay& day, int64_t version);

/// Removes the record's row and all that hangs on it.
void RemoveRow(Connection& connection, const domain::Staff& staff);
void RemoveRow(Connection& connection, const domain::Placement& placement);
void RemoveRow(Connection& connection, const domain::ImportProfile& profile);
void RemoveRow(Connection& connection, const domain::CalendarDay& day);

/// Writes a device's row in the place of `old`, with its next version, and its users. False, and
/// nothing written, where `old` is not what is stored, by version.
bool WriteDevice(Connection& connection, const std::optional<domain::Device>& old,
                 const domain::Device& device);
/// Removes a device and its users; false where its version is not the stored one, and then the
/// caller's transaction must not be kept.
bool RemoveDevice(Connection& connection, const domain::Device& device);

/// One more than the greatest id of `tokens` or `imports`.
int64_t NextId(Connection& connection, std::string_view table);

}  // namespace kirikae::store
