// Tells files that are no text table and no XLSX workbook.
#pragma once

#include <optional>
#include <string_view>

#include "service/tabular/problem.h"

namespace kirikae::tabular {

/// What the file is and what to do, when its first bytes show that it is neither text nor a ZIP
/// archive: a workbook in an old form or with a password, a web page called .xls, a document, an
/// image, an archive. nullopt for everything else.
std::optional<Problem> KindThatIsNoTable(std::string_view bytes);

}  // namespace kirikae::tabular
