// Converts previews between their stored form and the API's.
#pragma once

#include "kirikae/stored/import.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/app/imports/profiles.h"
#include "service/app/imports/stored_import.h"

namespace kirikae::api {

/// The header without the fields that only the upload needs.
stored::ImportHeader ToStored(const v1::ImportHeader& header);

/// A preview with its name, and the change set that applied it.
void ToProto(const app::StoredImport& import, v1::Import* proto);

/// A row with its problems in both languages.
void ToProto(const stored::ImportRow& row, v1::ImportRow* proto);

/// A built-in profile has no etag.
void ToProto(const app::ListedProfile& listed, v1::ImportProfile* proto);

}  // namespace kirikae::api
