// Codes of the API that have no enumeration, in words. The service's terms do not have them.
#pragma once

#include <string>

#include "client/cli/table.h"

namespace kirikae::cli {

/// An act of the record, such as `MARK_MIGRATED`, in words for people. A code without words stands
/// as it is, here and in all others.
Cell ActCell(const std::string& act);

/// A record, for people `TSM-00123` of `devices/TSM-00123` and `TSM-00123 (face2025)` of its
/// placement in a rollout.
Cell RecordCell(const std::string& record);

/// A field of a record that changed, such as `auth_method` of `devices/TSM-00123`.
Cell FieldCell(const std::string& record, const std::string& field);

/// The value of a field of a record, such as `FACE_AND_PASSWORD` of `auth_method`.
Cell ValueCell(const std::string& record, const std::string& field, const std::string& value);

/// Why a device can't be planned yet, such as `NO_CAMERA`.
Cell BlockerCell(const std::string& code);

/// Why a plan leaves a device out, such as `CAPACITY`, for a summary of many.
Cell LeftCell(const std::string& code);

/// What prevents a phase from ending earlier, such as `CAPACITY`.
Cell BoundCell(const std::string& code);

/// How good a plan is, such as `OPTIMAL`.
std::string PlanStatusWord(const std::string& status);

/// What a plan is judged by, such as `PLACED`.
Cell ObjectiveCell(const std::string& name);

/// A role, such as `OPERATOR`.
Cell RoleCell(const std::string& role);

}  // namespace kirikae::cli
