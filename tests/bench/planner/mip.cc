#include "tests/bench/planner/mip.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "service/planner/model.h"
#include "service/planner/state.h"

namespace kirikae::bench {
namespace {

using planner::Model;
using planner::Unit;

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.12g", value);
  return text;
}

/// A sum of variables with coefficients.
class Sum {
 public:
  void Add(double factor, const std::string& variable) {
    if (factor == 0) return;
    text_ += (factor < 0 ? "\n - " : "\n + ") + Number(std::fabs(factor)) + " " + variable;
  }
  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Writer {
 public:
  explicit Writer(const planner::PlanProblem& problem)
      : problem_(problem), model_(planner::BuildModel(problem)), fixed_(model_) {}

  Mip Write() {
    Placements();
    Cells();
    Pools();
    HelpDesk();
    Phases();
    return Assemble();
  }

 private:
  struct Count {
    int class_id;
    int cell;
    std::string name;
  };

  const Unit& First(int class_id) const {
    return model_.units[model_.classes[class_id].units.front()];
  }
  double Size(int class_id) const {
    return static_cast<double>(model_.classes[class_id].units.size());
  }

  void Row(const Sum& sum, const char* relation, double right) {
    if (sum.empty()) return;
    rows_ += " r" + std::to_string(row_count_++) + ":" + sum.text() + " " + relation + " " +
             Number(right) + "\n";
  }

  static std::string Visit(int cell, int site) {
    return "z" + std::to_string(cell) + "_" + std::to_string(site);
  }
  static std::string Day(char kind, int phase, int day) {
    return kind + std::to_string(phase) + "_" + std::to_string(day);
  }

  /// The number of units of each class in each cell that they may use.
  void Placements() {
    for (int k = 0; k < static_cast<int>(model_.classes.size()); ++k) {
      const Unit& unit = First(k);
      if (unit.split_over_phases) continue;
      Sum all;
      for (int cell = 0; cell < model_.cell_count(); ++cell) {
        if (!model_.IsOpen(cell) || (unit.forced_cell >= 0 && unit.forced_cell != cell)) continue;
        if (!planner::AllowedOnDay(model_, unit, model_.DayOf(cell))) continue;
        if (!planner::ServedBy(model_, unit, model_.TeamOf(cell))) continue;
        const std::string name = "x" + std::to_string(k) + "_" + std::to_string(cell);
        counts_.push_back({k, cell, name});
        bounds_ += " 0 <= " + name + " <= " + Number(Size(k)) + "\n";
        integers_ += " " + name + "\n";
        all.Add(1, name);
      }
      Row(all, "<=", Size(k));
    }
  }

  /// Minutes with visits, and devices.
  void Cells() {
    std::map<int, std::vector<const Count*>> of_cell;
    for (const Count& count : counts_) of_cell[count.cell].push_back(&count);
    for (const auto& [cell, counts] : of_cell) {
      Sum minutes, devices;
      std::set<int> sites;
      for (const Count* count : counts) {
        const Unit& unit = First(count->class_id);
        minutes.Add(static_cast<double>(unit.minutes), count->name);
        devices.Add(static_cast<double>(unit.devices), count->name);
        if (model_.visit_minutes == 0) continue;
        for (const int site : unit.sites) {
          if (fixed_.Visited(cell, site)) continue;
          sites.insert(site);
          Sum link;
          link.Add(1, count->name);
          link.Add(-Size(count->class_id), Visit(cell, site));
          Row(link, "<=", 0);
        }
      }
      for (const int site : sites) {
        minutes.Add(static_cast<double>(model_.visit_minutes), Visit(cell, site));
        binaries_.insert(Visit(cell, site));
      }
      if (model_.cell_minutes[cell] < planner::kUnlimited / 2) {
        Row(minutes,
            "<=", static_cast<double>(model_.cell_minutes[cell] - fixed_.UsedMinutes(cell)));
      }
      if (model_.cell_devices[cell] < planner::kUnlimited / 2) {
        Row(devices,
            "<=", static_cast<double>(model_.cell_devices[cell] - fixed_.UsedDevices(cell)));
      }
    }
  }

  void Pools() {
    std::map<std::pair<int, int>, Sum> use;
    for (const Count& count : counts_) {
      for (const auto& [pool, each] : First(count.class_id).pools) {
        use[{pool, model_.DayOf(count.cell)}].Add(static_cast<double>(each), count.name);
      }
    }
    for (const auto& [place, sum] : use) {
      const auto& [pool, day] = place;
      Row(sum, "<=", static_cast<double>(model_.pool_limit[pool] - fixed_.PoolUse(pool, day)));
    }
  }

  void HelpDesk() {
    if (model_.ticket_limit <= 0) return;
    const int span = static_cast<int>(model_.tickets.size());
    std::vector<Sum> load(model_.days.size());
    for (const Count& count : counts_) {
      const int day = model_.DayOf(count.cell);
      for (int k = 0; k < span && day + k < model_.day_count(); ++k) {
        load[day + k].Add(model_.tickets[k] * static_cast<double>(First(count.class_id).devices),
                          count.name);
      }
    }
    for (int day = 0; day < model_.day_count(); ++day) {
      double room = model_.ticket_limit - model_.carried_tickets[day];
      for (int k = 0; k < span && k <= day; ++k) {
        room -= model_.tickets[k] * static_cast<double>(fixed_.DayDevices(day - k));
      }
      Row(load[day], "<=", std::max(0.0, room) + 1e-7);
    }
  }

  /// y: the phase uses the day. u: it uses it or a later one; their sum is the number of its last
  /// day. A later phase uses no day up to the soak after that.
  void Phases() {
    const int phases = static_cast<int>(model_.phases.size());
    for (const Count& count : counts_) {
      const int phase = First(count.class_id).phase;
      const std::string day = Day('y', phase, model_.DayOf(count.cell));
      binaries_.insert(day);
      Sum link;
      link.Add(1, count.name);
      link.Add(-Size(count.class_id), day);
      Row(link, "<=", 0);
    }
    for (int p = 0; p < phases; ++p) {
      for (int day = 0; day < model_.day_count(); ++day) {
        const std::string until = Day('u', p, day);
        if (fixed_.PhaseUnits(p, day) > 0) binaries_.insert(Day('y', p, day));
        if (binaries_.count(Day('y', p, day)) > 0) {
          Sum used;
          used.Add(1, until);
          used.Add(-1, Day('y', p, day));
          Row(used, ">=", 0);
          if (fixed_.PhaseUnits(p, day) > 0) {
            Sum stands;
            stands.Add(1, Day('y', p, day));
            Row(stands, ">=", 1);
          }
        }
        if (day + 1 < model_.day_count()) {
          Sum falling;
          falling.Add(1, until);
          falling.Add(-1, Day('u', p, day + 1));
          Row(falling, ">=", 0);
        }
        bounds_ += " 0 <= " + until + " <= 1\n";
      }
      for (int q = p + 1; q < phases; ++q) {
        for (int day = 0; day < model_.day_count(); ++day) {
          if (binaries_.count(Day('y', q, day)) == 0 && fixed_.PhaseUnits(q, day) == 0) continue;
          Sum order;
          order.Add(1, Day('y', q, day));
          order.Add(1, Day('u', p, std::max(0, day - model_.phases[p].soak)));
          Row(order, "<=", 1);
        }
      }
    }
  }

  Mip Assemble() {
    Mip mip;
    mip.days = model_.day_count();
    Sum objective;
    double factor = 1;
    std::vector<double> factors(model_.phases.size());
    for (size_t p = model_.phases.size(); p-- > 0; factor *= static_cast<double>(mip.days) + 1) {
      factors[p] = factor;
    }
    mip.left_cost = factor;
    double weight = 0;
    for (const planner::Item& item : problem_.items) weight += item.weight;
    for (const Count& count : counts_) {
      objective.Add(-mip.left_cost * First(count.class_id).weight, count.name);
    }
    for (size_t u = 0; u < model_.units.size(); ++u) {
      if (model_.units[u].fixed_cell >= 0) weight -= model_.units[u].weight;
    }
    objective.Add(mip.left_cost * weight, "one");
    for (size_t p = 0; p < model_.phases.size(); ++p) {
      for (int day = 0; day < model_.day_count(); ++day) {
        objective.Add(factors[p], Day('u', static_cast<int>(p), day));
      }
    }
    mip.variables = static_cast<int64_t>(counts_.size() + binaries_.size()) +
                    static_cast<int64_t>(model_.phases.size()) * mip.days;
    mip.rows = row_count_;
    std::string binaries;
    for (const std::string& name : binaries_) binaries += " " + name + "\n";
    mip.text = "Minimize\n cost:" + objective.text() + "\nSubject To\n" + rows_ + "Bounds\n" +
               " 1 <= one <= 1\n" + bounds_ + "General\n" + integers_ + "Binary\n" + binaries +
               "End\n";
    return mip;
  }

  const planner::PlanProblem& problem_;
  const Model model_;
  const planner::State fixed_;
  std::vector<Count> counts_;
  std::set<std::string> binaries_;
  std::string rows_, bounds_, integers_;
  int64_t row_count_ = 0;
};

}  // namespace

Mip WriteMip(const planner::PlanProblem& problem) { return Writer(problem).Write(); }

}  // namespace kirikae::bench
