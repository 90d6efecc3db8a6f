// What a solution says, for comparing.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "service/domain/error_detail.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// The sentences in English.
inline std::vector<std::string> Texts(const std::vector<domain::Sentence>& sentences) {
  std::vector<std::string> texts;
  texts.reserve(sentences.size());
  for (const domain::Sentence& sentence : sentences) texts.push_back(sentence.English());
  return texts;
}

/// The items that the solution leaves out.
inline std::set<std::string> LeftOut(const PlanSolution& solution) {
  std::set<std::string> left;
  for (const Left& row : solution.left) left.insert(row.item);
  return left;
}

}  // namespace kirikae::planner
