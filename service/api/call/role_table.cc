#include "service/api/call/role_table.h"

namespace kirikae::api {

std::set<std::string> ServiceNames() {
  std::set<std::string> names;
  for (const RoleRow& row : kRoleTable) {
    names.insert("kirikae.v1." + std::string(row.rpc.substr(0, row.rpc.find('/'))));
  }
  return names;
}

}  // namespace kirikae::api
