// Words between the domain and the API.
#pragma once

#include "kirikae/v1/terms_service.pb.h"
#include "service/domain/terms.h"

namespace kirikae::api {

/// A closed set as an enumeration of the API, its values called as there: FACE_AND_PASSWORD of
/// AuthMethod is AUTH_METHOD_FACE_AND_PASSWORD. Both languages.
void EnumToProto(const domain::TermSet& set, v1::TermSet* proto);

/// The labels of a message's fields, in both languages.
void FieldsToProto(const domain::TermSet& set, v1::TermSet* proto);

}  // namespace kirikae::api
