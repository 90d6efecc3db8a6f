// Reads the texts of a planning problem.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/domain/error_detail.h"
#include "service/plan_form/day_text.h"
#include "service/planner/problem.h"

namespace kirikae::plan_form {

/// Reads the texts of a problem and collects every fault with its path.
class ProblemReader {
 public:
  absl::CivilDay Day(const std::string& text, const std::string& path) {
    absl::CivilDay day;
    // Years have four digits, so years before 1000 can't be written. Abseil also reads other forms,
    // such as 12025-5-01.
    constexpr int kFirstYear = 1000;
    if (text.empty()) {
      Fault(path, domain::Sentence("A day is needed; write it like 2025-05-01."));
    } else if (text.size() != 10 || !absl::ParseCivilTime(text, &day) || DayText(day) != text ||
               day.year() < kFirstYear) {
      Fault(path, domain::Sentence("$0 is not a day; write it like 2025-05-01.", {text}));
    }
    return day;
  }
  std::optional<absl::CivilDay> OptionalDay(const std::string& text, const std::string& path) {
    if (text.empty()) return std::nullopt;
    return Day(text, path);
  }
  template <typename Texts>
  std::vector<absl::CivilDay> Days(const Texts& texts, const std::string& path) {
    std::vector<absl::CivilDay> days;
    days.reserve(static_cast<size_t>(texts.size()));
    for (int i = 0; i < texts.size(); ++i) days.push_back(Day(texts[i], At(path, i)));
    return days;
  }
  absl::Weekday Weekday(const std::string& text, const std::string& path) {
    for (int i = 0; i < 7; ++i) {
      const auto weekday = static_cast<absl::Weekday>(i);
      if (text == WeekdayText(weekday)) return weekday;
    }
    Fault(path, domain::Sentence("$0 is not a weekday; use MON to SUN.", {text}));
    return absl::Weekday::monday;
  }
  std::optional<planner::Position> Position(bool given, const v1::PlanSlot& slot,
                                            const std::string& path) {
    if (!given) return std::nullopt;
    return planner::Position{Day(slot.day(), path + ".day"), slot.slot(), slot.team()};
  }
  void Fault(const std::string& path, domain::Sentence sentence) {
    violations.push_back({path, std::move(sentence)});
  }
  static std::string At(const std::string& path, int index) {
    return path + "[" + std::to_string(index) + "]";
  }

  std::vector<domain::Violation> violations;
};

/// Read a part of a problem at its path.
planner::CapacityChange ReadCapacityChange(const v1::CapacityChange& row, const std::string& path,
                                           ProblemReader& reader);
planner::Team ReadTeam(const v1::PlanTeam& proto, const std::string& path, ProblemReader& reader);
planner::Blackout ReadBlackout(const v1::PlanBlackout& row, const std::string& path,
                               ProblemReader& reader);

}  // namespace kirikae::plan_form
