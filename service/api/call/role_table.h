// Which roles may call which RPC: one row each, and no RPC without a row.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "service/domain/values.h"

namespace kirikae::api {

/// A row of the table.
struct RoleRow {
  std::string_view rpc;  ///< `InventoryService/GetDevice`
  uint32_t roles;        ///< bit 1 << Role

  bool Allows(domain::Role role) const { return (roles >> static_cast<int>(role) & 1U) != 0; }
};

/// All rows.
std::span<const RoleRow> RoleTable();

/// The row of an RPC, or nullptr: such an RPC is refused to everyone.
const RoleRow* FindRoleRow(std::string_view rpc);

/// The full names of the services that have rows, `kirikae.v1.InventoryService`.
std::set<std::string> ServiceNames();

}  // namespace kirikae::api
