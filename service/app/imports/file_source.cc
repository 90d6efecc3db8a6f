#include "service/app/imports/file_source.h"

#include <optional>

#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/text/encoding.h"

namespace kirikae::app {

using domain::Sentence;

std::string FileSource::Hash() const { return HashHex(content_); }

absl::StatusOr<std::string> FileSource::Read(const tabular::TableSink& sink) {
  tabular::ReadOptions options;
  options.sheet = form_.sheet;
  if (!form_.encoding.empty()) {
    const auto encoding = text::EncodingByName(form_.encoding);
    if (!encoding.ok()) {
      return domain::InvalidField(
          "header.encoding",
          Sentence("There is no encoding $0; use UTF-8, UTF-16LE, UTF-16BE, CP932, EUC-JP or "
                   "ISO-2022-JP.",
                   {form_.encoding}));
    }
    options.encoding = *encoding;
  }
  absl::StatusOr<tabular::Table> table = tabular::StreamTable(content_, options, sink);
  if (table.ok()) return std::move(table->encoding);
  const std::optional<tabular::Problem> problem = tabular::ProblemOf(table.status());
  if (!problem.has_value()) return table.status();
  return domain::InvalidField("content", problem->sentence, {{"problem", problem->code}});
}

}  // namespace kirikae::app
