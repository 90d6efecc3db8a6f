#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Token> kFields[] = {
    FieldOf<&Token::display_name>("display_name"),
    FieldOf<&Token::role>("role"),
    OpaqueOf<&Token::hash>("secret"),
    FieldOf<&Token::expire_time>("expire_time"),
    FieldOf<&Token::revoked>("revoked"),
    FieldOf<&Token::certificate>("certificate"),
};

}  // namespace

template <>
std::span<const Field<Token>> FieldTable<Token>() {
  return kFields;
}

}  // namespace kirikae::domain
