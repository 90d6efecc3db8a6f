// Adds problems to a preview's row.
#pragma once

#include <string_view>

#include "kirikae/stored/import.pb.h"
#include "service/domain/sentence.h"
#include "service/tabular/problem.h"

namespace kirikae::app {

/// Adds an error of the whole row and returns it; the caller may change it.
inline stored::ImportProblem& AddProblem(std::string_view code, const domain::Sentence& sentence,
                                         stored::ImportRow& row) {
  stored::ImportProblem& problem = *row.add_problems();
  problem.set_code(std::string(code));
  problem.mutable_sentence()->set_format(sentence.format);
  problem.mutable_sentence()->mutable_args()->Assign(sentence.args.begin(), sentence.args.end());
  return problem;
}

/// Whether the row has a problem that is not only a warning.
inline bool HasError(const stored::ImportRow& row) {
  for (const stored::ImportProblem& problem : row.problems()) {
    if (!problem.warning()) return true;
  }
  return false;
}

/// Adds a problem that the file reader found.
inline void AddProblem(const tabular::Problem& found, stored::ImportRow& row) {
  stored::ImportProblem& problem = AddProblem(found.code, found.sentence, row);
  problem.set_warning(found.severity == tabular::Severity::kWarning);
  problem.set_column(found.column.value_or(""));
  problem.set_suggestion(found.suggestion.value_or(""));
}

}  // namespace kirikae::app
